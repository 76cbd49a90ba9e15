"""What a renderer makes of a queued row: the message as it will be sent, not now, or nothing any more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from storage.database import Connection

if TYPE_CHECKING:
    from bot.parts import Parts
    from storage.outbox import Row

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to publish in a channel. Held in memory only: it is made again for each try."""

    name: str  # with its extension, as people see it
    content: bytes
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail to one person, as HTML and as plain text that says the same."""

    to: str = field(repr=False)
    subject: str
    text: str
    html: str
    language: str
    stop: str = ""  # where to say that no more copies are wanted
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)  # PNG; "cid:name" in html


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """A document in a tab of a channel: published once, then replaced as a whole. Never read back."""

    title: str  # with which an earlier try is found
    markdown: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One rendered row. `text` is the whole message for a screen reader and the fallback if Slack
    refuses the blocks. A `home` row fills `view` instead, a `mail` row `mail`; a `file` row fills `file`,
    and `text` is the comment shown with it; a `canvas` row fills `canvas`."""

    text: str = ""
    blocks: tuple[Json, ...] = ()
    view: Json | None = None
    file: File | None = None
    mail: Mail | None = None
    canvas: Canvas | None = None
    thread_ts: str = ""  # answer in this thread; "" = in the channel itself
    broadcast: bool = False  # a thread answer that is shown in the channel too
    #: What takes long and needs no database: makes the message to send instead, in a thread of its own, once
    #: the transaction that rendered this one is over. Must not raise; `Defer` where there is no place now.
    finish: "Callable[[], Message | Defer] | None" = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Defer:
    """Not now: what nobody asked for waits for the person's hours. It is rendered again from the data
    of then. A row that may be deferred needs a lane of its own: it holds up what follows in its lane."""

    until: datetime  # UTC


#: Reads current data and returns the words. `None`: there is nothing to say any more, and the row
#: is superseded. Runs in a read-only transaction in a thread; must not write and cannot wait.
Renderer = Callable[[Connection, "Row", "Parts"], Message | Defer | None]
Renderers = Mapping[str, Renderer]
