"""Copies by e-mail, against a real mail server on this machine: what is sent, and what becomes of it when the
server is down, asks to come back, or refuses (reliability 42, T6, T8, F7)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path

import pytest
import pytest_asyncio

from bot.operations.health import Health
from bot.outbound.delivery import Delivery
from bot.outbound.mail import Post
from bot.outbound.marking import Mine, mark
from bot.outbound.outcome import DestinationGone, NotSent, Refused, Sent
from bot.outbound.render import Mail
from bot.routes import RENDERERS
from bot.settings import Settings, SettingsError, load
from sandbox.mailbox import Mailbox
from storage import mail as mails
from storage import outbox
from tests.bot.surfaces.stage import BOREAL, CLAIRE, ELODIE, WORKSPACE, Town, flat, founded

NOW = datetime(2026, 2, 19, 7, 30, tzinfo=UTC)
ADDRESS = "claire.vasseur@boreal.example"
LETTER = Mail(
    to=ADDRESS, subject="Boréal : une décision", text="Bonjour", html="<p>Bonjour</p>", language="fr"
)  # fmt: skip
PAYLOADS = ("Bcc: everybody@example.org", "Content-Type: text/html\r\n\r\n<b>x</b>", "=?utf-8?q?x?=")


@pytest_asyncio.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    box = Mailbox()
    await box.start()
    yield box
    await box.stop()


def settings(box: Mailbox) -> Settings:
    return Settings(
        smtp_host="127.0.0.1", smtp_port=box.port, smtp_tls="none", smtp_from="cadrage@boreal.example"
    )


HOST = {"CADRAGE_SMTP_HOST": "mail.example", "CADRAGE_SMTP_FROM": "cadrage@boreal.example"}
PASSWORD = {"CADRAGE_SMTP_PASSWORD": "secret"}
HALF: dict[str, dict[str, str]] = {
    "CADRAGE_SMTP_HOST is not set": {"CADRAGE_SMTP_FROM": "cadrage@boreal.example"},
    "CADRAGE_SMTP_FROM is not set": {"CADRAGE_SMTP_HOST": "mail.example"},
    "CADRAGE_SMTP_PASSWORD is not set": {**HOST, "CADRAGE_SMTP_USER": "cadrage"},
    "CADRAGE_SMTP_USER is not set": {**HOST, **PASSWORD},
    "CADRAGE_SMTP_FROM is 'no address'": {**HOST, "CADRAGE_SMTP_FROM": "no address"},
    "in clear": {**HOST, **PASSWORD, "CADRAGE_SMTP_USER": "cadrage", "CADRAGE_SMTP_TLS": "none"},
}


@pytest.mark.parametrize(("said", "given"), HALF.items())
def test_settings_that_are_half_a_mail_server_are_refused_in_a_sentence(
    said: str, given: dict[str, str]
) -> None:
    with pytest.raises(SettingsError) as refused:
        load(given)
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)
    assert load(HOST).mails
    assert not load({}).mails, "off unless it is asked for"


async def test_a_mail_has_both_parts_and_the_headers_it_is_meant_to_have(mailbox: Mailbox) -> None:
    post = Post(settings(mailbox))
    letter = replace(LETTER, stop="https://slack.com/app_redirect?app=A1")
    assert await post.send(letter, id="k1", now=NOW) == Sent()
    assert await post.send(letter, id="k1", now=NOW) == Sent()
    first, again = mailbox.received
    assert first.mail["Message-ID"] == again.mail["Message-ID"] == "<k1@boreal.example>"
    assert (first.part("plain").strip(), first.part("html").strip()) == ("Bonjour", "<p>Bonjour</p>")
    assert set(first.mail.keys()) - {"X-Peer", "X-MailFrom", "X-RcptTo"} == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language",
        "List-Unsubscribe", "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert ADDRESS not in repr(letter), "an address is in no log"


@pytest.mark.parametrize("spoilt", ["\r\n", "\n", "\r", "\u2028", "\u2029", "\x85", "\x00", "\x0b", "\x1b"])
@pytest.mark.parametrize("payload", PAYLOADS)
async def test_f7_a_name_cannot_add_a_header(spoilt: str, payload: str) -> None:
    built = Post(Settings(smtp_host="x", smtp_from="c@b.example")).build(
        replace(LETTER, subject=f"Boréal{spoilt}{payload}"), id="k", now=NOW
    )
    lines = built.as_bytes(policy=policy.SMTP).split(b"\r\n\r\n")[0].split(b"\r\n")
    assert not [line for line in lines if line.lower().startswith(b"bcc")]
    assert len(built.get_all("Content-Type", [])) == 1
    assert len(built.get_all("Subject", [])) == 1


async def test_42_later_is_later_and_no_is_no(mailbox: Mailbox) -> None:
    post = Post(settings(mailbox))
    mailbox.refusals = ["451 4.7.1 Greylisted, come back"]
    assert await post.send(LETTER, id="k", now=NOW) == NotSent(code="451 4.7.1 Greylisted, come back")
    mailbox.refusals = [f"550 5.1.1 <{ADDRESS}> unknown"]
    gone = await post.send(LETTER, id="k", now=NOW)
    assert isinstance(gone, DestinationGone)
    assert ADDRESS not in gone.code, "what is kept and logged holds no address"
    mailbox.content = ["554 5.7.1 Content refused"]
    assert isinstance(await post.send(LETTER, id="k", now=NOW), Refused)
    assert not mailbox.received
    await mailbox.stop()
    down = await post.send(LETTER, id="k", now=NOW)
    assert isinstance(down, NotSent)
    assert await post.trial() != "", "the doctor says so"


async def test_the_doctor_can_try_the_server_and_sends_nothing(mailbox: Mailbox) -> None:
    assert await Post(settings(mailbox)).trial() == ""
    assert not mailbox.received


async def wanted(place: Town, box: Mailbox) -> Delivery:
    """Claire has asked for copies, through her settings."""
    place.parts = replace(place.parts, settings=settings(box), post=Post(settings(box)))
    await founded(place)
    claire = await place.person(CLAIRE).runs("/cadrage digest", channel=BOREAL)
    await claire.presses("Réglages du digest")
    claire.fills({"mails": ["yes"], "address": "claire@"})
    await claire.sends()
    assert "address" in claire.errors, "one address, of a shape that can be written to"
    claire.fills({"address": ADDRESS})
    await claire.sends()
    assert not claire.errors
    return Delivery(parts=place.parts, renderers=RENDERERS, health=Health(), worker="w")


async def delivers(place: Town, by: Delivery) -> list[str]:
    """What becomes of each mail that may leave now."""
    states = []
    while rows := place.parts.db.run_sync(outbox.claim, worker="w", now=place.clock.now(), limit=1):
        row = rows[0]
        if row.op != "mail":
            place.parts.db.run_sync(outbox.supersede, row_id=row.id, worker="w", now=place.clock.now())
            continue
        decision = await by.take(row, fence=float("inf"))
        mine = Mine(row_id=row.id, worker="w", now=place.clock.now())
        states.append(place.parts.db.run_sync(mark, row, decision, mine, timedelta(0)))
        place.clock.passes(seconds=2)
    return states


async def test_the_copy_leaves_with_the_digest_and_has_one_link_for_each_button(
    place: Town, mailbox: Mailbox
) -> None:
    by = await wanted(place, mailbox)
    place.clock.at = datetime(2026, 1, 14, 7, 0, tzinfo=UTC)
    place.ticks()
    place.clock.at = datetime(2026, 1, 15, 7, 30, tzinfo=UTC)
    place.ticks()
    mailbox.refusals = ["450 4.2.0 Greylisted"]
    assert await delivers(place, by) == ["ready"], "it waits, and nothing is lost"
    place.clock.passes(minutes=6)
    assert await delivers(place, by) == ["sent"]
    (copy,) = mailbox.received
    assert copy.to == (ADDRESS,)
    assert flat(copy.mail["Subject"]).startswith("Boréal, semaine 0 sur 6")
    html, plain = copy.part("html"), copy.part("plain")
    for said in ("Ce que l’on attend de vous", "Votre prochain geste visible"):
        assert said.upper() in flat(plain)
        assert said in flat(html)
    assert html.count("<a ") == html.count('href="https://slack.com/app_redirect?')
    assert "width=device-width" in html
    for fetched in ("<script", "src=", "url("):
        assert fetched not in html, "nothing is fetched by whoever reads it"
    place.clock.passes(hours=1)
    assert await delivers(place, by) == []


async def test_a_bounced_address_stops_the_copies_and_the_settings_say_why(
    place: Town, mailbox: Mailbox
) -> None:
    by = await wanted(place, mailbox)
    place.clock.at = datetime(2026, 1, 14, 7, 0, tzinfo=UTC)
    place.ticks()
    place.clock.at = datetime(2026, 1, 15, 7, 30, tzinfo=UTC)
    place.ticks()
    mailbox.refusals = ["550 5.1.1 No such mailbox"]
    assert await delivers(place, by) == ["parked"]
    kept = place.parts.db.read_sync(mails.choice, workspace=WORKSPACE, user=CLAIRE)
    assert (kept.wanted, kept.trouble) == (False, "550 5.1.1 No such mailbox")
    claire = await place.person(CLAIRE).runs("/cadrage digest", channel=BOREAL)
    await claire.presses("Réglages du digest")
    assert claire.sees("No such mailbox")


HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title><svg/onload=alert(1)>",
    "{{ 'a' * 9 }}", "javascript:alert(1)", "<a href='https://evil.example'>ici</a>", "&lt;b&gt;",
)  # fmt: skip


async def test_f6_what_people_typed_is_text_in_both_parts(place: Town, mailbox: Mailbox) -> None:
    by = await wanted(place, mailbox)
    elodie = await place.person(ELODIE).runs("/cadrage digest preview", channel=BOREAL)
    await elodie.presses("Ajouter une phrase")
    elodie.fills({"note": " ".join(HOSTILE)[:200]})
    await elodie.sends()
    place.clock.at = datetime(2026, 1, 14, 7, 0, tzinfo=UTC)
    place.ticks()
    place.clock.at = datetime(2026, 1, 15, 7, 30, tzinfo=UTC)
    place.ticks()
    assert await delivers(place, by) == ["sent"]
    html = mailbox.received[0].part("html")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html, "it is there, and it is text"
    for live in ("<script", "<img", "<svg", "evil.example'>", "aaaaaaaaa"):
        assert live not in html
    assert "<script>alert(1)</script>" in mailbox.received[0].part("plain")


def test_t6_no_template_switches_escaping_off() -> None:
    root = Path(__file__).parents[3] / "bot"
    for file in (*root.rglob("*.j2"), *root.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), file
        assert "Markup(" not in text, file
