"""A mail server on this machine that keeps what it is sent, and refuses on demand. Nothing leaves it.

Speaks SMTP as real servers do (aiosmtpd), so that the app under trial needs no other way to send mail.
"""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

KEPT = 200  # mails; the oldest go first
LARGEST = 2 * 1024 * 1024  # bytes of one mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One mail as it came in."""

    number: int
    to: tuple[str, ...]
    sender: str
    mail: EmailMessage

    def part(self, kind: str) -> str:
        """Its text of this kind ("plain", "html"); "" when there is none."""
        found = self.mail.get_body(preferencelist=(kind,))
        return str(found.get_content()) if found is not None else ""


@dataclass
class Mailbox:
    """Everything received, newest last; and what is to be refused: `refusals` answers come first, one a
    recipient, such as "451 Greylisted"; `content` is what the whole mail is answered."""

    received: deque[Received] = field(default_factory=lambda: deque(maxlen=KEPT))
    refusals: list[str] = field(default_factory=list)
    content: list[str] = field(default_factory=list)
    _taken: int = 0
    _server: asyncio.Server | None = None
    port: int = 0

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> int:
        """Listen. Returns the port. Raises OSError when it is taken."""

        def conversation() -> SMTP:
            return SMTP(self, data_size_limit=LARGEST, hostname="mailbox", loop=loop)

        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(conversation, host, port)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self.port

    async def stop(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """One recipient."""
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """One mail."""
        if self.content:
            return self.content.pop(0)
        self._taken += 1
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        mail = message_from_bytes(raw, policy=policy.default)
        self.received.append(
            Received(
                number=self._taken, to=tuple(envelope.rcpt_tos), sender=str(envelope.mail_from), mail=mail
            )
        )
        return "250 OK"
