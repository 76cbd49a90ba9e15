"""The only code that sends e-mail: one mail to one person through the mail server of the settings.

Never retries: the outbox does. A mail that may have arrived is sent again with the same Message-ID, made
from its key, so that mailboxes show it once; e-mail can promise no more (reliability 42).
"""

import asyncio
import re
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib

from bot.outbound.outcome import Ambiguous, DestinationGone, NotSent, Outcome, Refused, Sent
from bot.outbound.render import Mail
from bot.settings import Settings

DEADLINE = 15.0  # seconds for a whole mail, connection included
CONNECT = 5.0  # seconds to open a connection: nothing has been handed over before
NAME = "Cadrage"
TOLD = 200  # characters kept of what a server says
_SOMEBODY = re.compile(r"\S+@\S+")
PERMANENT = 500  # answers from here on will not change


class Post:
    """Sends mails. Raises nothing that a mail server causes; shows no password and no address."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __repr__(self) -> str:
        return f"Post({self._settings.smtp_host}:{self._settings.smtp_port})"

    async def send(self, mail: Mail, *, id: str, now: datetime) -> Outcome:
        """Hand one mail over. `id`: the same for the same mail, however often it is sent."""
        built = self.build(mail, id=id, now=now)
        client, begun = self._client(), False
        try:
            async with asyncio.timeout(DEADLINE):
                await self._opened(client)
                begun = True
                await client.send_message(built)
        except aiosmtplib.SMTPRecipientsRefused as error:
            return _refused(error.recipients[0].code, error.recipients[0].message, gone=True)
        except aiosmtplib.SMTPAuthenticationError as error:
            return NotSent(code=f"{error.code} {_told(error.message)}")  # for whoever runs the server to mend
        except aiosmtplib.SMTPResponseException as error:
            return _refused(error.code, error.message, gone=False)
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            code = f"smtp: {type(error).__name__}"
            return Ambiguous(code=code) if begun else NotSent(code=code)
        finally:
            client.close()
        return Sent()

    async def trial(self) -> str:
        """Open a connection and log in, sending nothing. What went wrong, or ""."""
        client = self._client()
        try:
            async with asyncio.timeout(DEADLINE):
                await self._opened(client)
                await client.quit()
        except aiosmtplib.SMTPResponseException as error:
            return f"{error.code} {_told(error.message)}"
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            return type(error).__name__
        finally:
            client.close()
        return ""

    def build(self, mail: Mail, *, id: str, now: datetime) -> EmailMessage:
        """The mail as it goes over the wire. `EmailMessage` refuses a line break in a header; what cannot be
        seen is taken out first, so that it is never one that a name carries (T8)."""
        built = EmailMessage(policy=policy.SMTP)
        built["From"] = Address(display_name=NAME, addr_spec=self._settings.smtp_from)
        built["To"] = Address(addr_spec=mail.to)
        built["Subject"] = _line(mail.subject)
        built["Date"] = format_datetime(now)
        built["Message-ID"] = f"<{id}@{self._settings.smtp_from.rpartition('@')[2]}>"
        built["Auto-Submitted"] = "auto-generated"
        if mail.stop:
            built["List-Unsubscribe"] = f"<{mail.stop}>"
        built.set_content(mail.text)
        built.add_alternative(mail.html, subtype="html")
        html = built.get_body(preferencelist=("html",))
        for name, png in mail.pictures.items():
            if isinstance(html, EmailMessage):
                html.add_related(png, "image", "png", cid=f"<{name}>", filename=f"{name}.png")
        built["Content-Language"] = mail.language
        return built

    def _client(self) -> aiosmtplib.SMTP:
        s = self._settings
        return aiosmtplib.SMTP(
            hostname=s.smtp_host,
            port=s.smtp_port,
            timeout=DEADLINE,
            use_tls=s.smtp_tls == "tls",
            start_tls=s.smtp_tls == "starttls",
        )

    async def _opened(self, client: aiosmtplib.SMTP) -> None:
        await client.connect(timeout=CONNECT)
        if self._settings.smtp_user:
            await client.login(self._settings.smtp_user, self._settings.smtp_password.get_secret_value())


def _refused(code: int, said: str | bytes, *, gone: bool) -> Outcome:
    """What an answer of the server means. 4xx, greylisting among it: later. 5xx: for good."""
    told = f"{code} {_told(said)}"
    if code < PERMANENT:
        return NotSent(code=told)
    return DestinationGone(code=told) if gone else Refused(code=told)


def _told(said: str | bytes) -> str:
    """What a server said, without the addresses in it: it is kept and logged."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return _line(_SOMEBODY.sub("…", text))[:TOLD]


def _line(text: str) -> str:
    """On one line, without anything that cannot be seen."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
