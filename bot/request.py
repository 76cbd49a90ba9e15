"""One verified gesture of a person in Slack, and the answer to it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from bot.parts import Parts

Json = dict[str, Any]

#: How the names of gestures in anonymous forms begin: action_id and callback_id.
SILENT = "anonymous."


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What Slack sent, verified and cleaned by the gate. Only `workspace` and `user` are facts;
    everything in `payload` is user input (reliability T11)."""

    kind: Literal["command", "action", "view", "closed", "shortcut", "options", "event"]
    name: str  # the verb, the action_id up to its first ":", the callback_id, the event type
    workspace: str  # Slack team id
    user: str  # Slack user id; "" for an event without one
    payload: Json
    trigger_id: str = ""
    response_url: str = ""

    @property
    def silent(self) -> bool:
        """Whether it belongs to an anonymous form: it leaves no figure, no name in the log, no row but
        the ballot in its box (5.3 rule 6)."""
        return self.name.startswith(SILENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """`ack` rides on the acknowledgement (a view's response_action, a command's ephemeral
    message). `after` runs once the acknowledgement is sent: opening or updating a view, an
    ephemeral message. It may fail without losing anything."""

    ack: Json = field(default_factory=dict)
    after: Callable[[], Awaitable[None]] | None = None


Handler = Callable[[Request, "Parts"], Awaitable[Reply]]
