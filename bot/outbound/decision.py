"""What becomes of an outbox row after a call to Slack: decided from the outcome alone. Pure."""

from dataclasses import dataclass
from datetime import timedelta

from bot.outbound.outcome import (
    Ambiguous,
    Conflict,
    DestinationGone,
    NotSent,
    Outcome,
    Refused,
    Sent,
    Throttled,
    WorkspaceGone,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """It is in Slack. For a new message, where it stands."""

    channel: str = ""
    ts: str = ""
    remote_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Try again; `after` `None` leaves the waiting time to the outbox."""

    code: str
    after: timedelta | None = None
    counts: bool = True
    poison: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """It may be there: look before repeating."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Slack asks this method of this workspace to wait."""

    method: str
    after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """There is nothing to say any more."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """Give the row up. `unreachable`: the destination is gone, and the project's people are told."""

    code: str
    unreachable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Say nothing to this workspace: our token does not work there."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Afresh:
    """The card's message was deleted in Slack: forget where it stood, and post it again."""

    code: str


Decision = Done | Again | Look | Hold | Drop | Give | Pause | Afresh

#: A refresh that fails for these has lost its message, not its destination.
CARD_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
#: Answers to a look-up that mean we may not look, and never will.
BLIND = frozenset({"missing_scope", "not_allowed_token_type", "access_denied"})


def decide(outcome: Outcome, *, method: str, repeatable: bool) -> Decision:
    """What to do with the row. `repeatable`: doing it twice changes nothing (an update, a Home),
    so that a doubtful outcome needs no look-up."""
    match outcome:
        case Sent(data=data):
            ts = str(data.get("ts") or "")
            return Done(channel=str(data.get("channel") or ""), ts=ts, remote_id=ts)
        case Throttled(after=after):
            return Hold(method=method, after=timedelta(seconds=after))
        case NotSent(code=code):
            return Again(code=code)
        case Ambiguous(code=code):
            return Again(code=code) if repeatable else Look(code=code)
        case _:
            return _refusal(outcome, method)


def _refusal(outcome: Refused | DestinationGone | WorkspaceGone | Conflict, method: str) -> Decision:
    """What an answer means that will not change by repeating."""
    match outcome:
        case DestinationGone(code=code) if method == "views.publish":
            return Drop(reason=code)  # a Home nobody can open is no news to anybody
        case DestinationGone(code=code) if method == "chat.update" and code in CARD_GONE:
            return Afresh(code=code)
        case DestinationGone(code=code):
            return Give(code=code, unreachable=True)
        case WorkspaceGone(code=code):
            return Pause(code=code)
        case Conflict(code=code):
            return Drop(reason=code)  # a view is never the only copy of anything
        case Refused(code=code, detail=detail):
            return Give(code=f"{code} {detail}".strip()[:300])
