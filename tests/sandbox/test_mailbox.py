"""The mailbox of the sandbox: a real mail server, and a page that shows what came and runs nothing of it."""

from email.message import EmailMessage

import aiohttp
import aiosmtplib

from sandbox.server import serving
from sandbox.workspace import Options


async def test_what_is_sent_is_shown_and_nothing_of_it_runs() -> None:
    async with serving(Options(mail_port=0)) as running, aiohttp.ClientSession() as web:
        async with web.get(f"{running.url}/mailbox?language=fr") as page:
            assert "Aucun e-mail pour l’instant" in await page.text()
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "bot@here.example", "ana@here.example", "<b>Digest</b>"
        mail.set_content("Bonjour")
        mail.add_alternative('<p>Bonjour</p><script>alert(1)</script><img src="cid:one">', subtype="html")
        html = mail.get_body(preferencelist=("html",))
        assert isinstance(html, EmailMessage)
        html.add_related(b"\x89PNG", "image", "png", cid="<one>")
        await aiosmtplib.send(mail, hostname="127.0.0.1", port=running.space.mailbox.port)
        async with web.get(f"{running.url}/mailbox?language=en") as page:
            said = await page.text()
        assert "&lt;b&gt;Digest&lt;/b&gt;" in said
        assert "ana@here.example" in said
        async with web.get(f"{running.url}/mailbox/1.html") as letter:
            policy = letter.headers["Content-Security-Policy"]
            shown = await letter.text()
        assert "<p>Bonjour</p>" in shown
        assert "data:image/png;base64,iVBORw==" in shown, "a picture that came with it is in its place"
        assert "default-src 'none'" in policy
        assert "sandbox " in policy
        assert "allow-scripts" not in policy
        async with web.get(f"{running.url}/mailbox/2.html") as none:
            assert none.status == 404
        link = f"{running.url}/app_redirect?channel=C1&team=T1"
        async with web.get(link, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (302, "/")
        await running.space.reset({}, "")
        async with web.get(f"{running.url}/mailbox") as page:
            assert "No e-mail yet" in await page.text()


async def test_there_is_no_mail_server_unless_one_is_asked_for() -> None:
    async with serving(Options()) as running:
        assert running.space.mailbox.port == 0
