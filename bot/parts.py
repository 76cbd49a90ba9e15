"""Everything a handler works with, built once by the command line and passed in."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.operations.clock import Clock
from bot.outbound.mail import Post
from bot.outbound.slack import Slack
from bot.settings import Settings
from flows.playbook import Playbook
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The built parts of one running bot. Holds no state of its own."""

    settings: Settings
    db: Database
    slack: Slack  # the one client that calls the Web API
    clock: Clock
    playbook: Playbook
    wake: Callable[[], None]  # tells the outbox worker that something was queued
    post: Post | None = None  # the one that sends e-mail; None: no mail server is given
