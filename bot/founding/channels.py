"""Whether a project can live in a channel: Slack is asked, and told that we come in.

A private channel must be one that the person is in: what is said of the project there is for its
members. Where Slack does not say so in time nothing is created, and the form keeps what is in it.
"""

import asyncio

from bot.asker import Asker
from bot.outbound.outcome import DestinationGone, Outcome, Sent
from bot.parts import Parts
from bot.request import Json
from bot.words.text import Wording

PATIENCE = 1.0  # seconds to ask Slack: the acknowledgement is due after three
PAGE = 1000  # members asked for at a time, the most Slack gives


async def trouble(parts: Parts, who: Asker, channel: str) -> str | None:
    """Why the project cannot live there; None when it can."""
    w = who.w
    if channel[:1] not in ("C", "G"):
        return w("Choose a channel. A direct message cannot hold a project.")
    try:
        async with asyncio.timeout(PATIENCE):
            return await _asked(parts, who, channel)
    except TimeoutError:
        return _not_told(w)


async def _asked(parts: Parts, who: Asker, channel: str) -> str | None:
    w = who.w
    outcome = await parts.slack.call(who.actor.workspace, "conversations.info", channel=channel)
    if isinstance(outcome, DestinationGone):
        return w("Invite me first: /invite @Cadrage in that channel, then press again.")
    found = outcome.data.get("channel") if isinstance(outcome, Sent) else None
    if not isinstance(found, dict):
        return _not_told(w)
    if (refused := _refusal(w, found)) is not None or not found.get("is_private"):
        return refused
    inside = await _is_member(parts, who, channel)
    if inside is None:
        return _not_told(w)
    return None if inside else w("You are not in that channel. Choose one that you are in.")


def _refusal(w: Wording, found: Json) -> str | None:
    """What Slack says of the channel, as a reason not to use it."""
    if found.get("is_ext_shared") or found.get("is_pending_ext_shared"):
        return w("This channel is shared with another company. Choose one of your own.")
    if found.get("is_archived"):
        return w("This channel is archived. Choose another one.")
    if found.get("is_im") or found.get("is_mpim"):
        return w("Choose a channel. A direct message cannot hold a project.")
    if found.get("is_private") and not found.get("is_member"):
        return w("Invite me first: /invite @Cadrage in that channel, then press again.")
    return None


async def _is_member(parts: Parts, who: Asker, channel: str) -> bool | None:
    """Whether who asks is in the channel, looked for page by page; None when Slack does not say."""
    cursor: str | None = ""
    while cursor is not None:
        outcome: Outcome = await parts.slack.call(
            who.actor.workspace, "conversations.members", channel=channel, limit=PAGE, cursor=cursor
        )
        if not isinstance(outcome, Sent):
            return None
        if who.actor.user in outcome.data.get("members", ()):
            return True
        cursor = str((outcome.data.get("response_metadata") or {}).get("next_cursor") or "") or None
    return False


def _not_told(w: Wording) -> str:
    return w("Slack has not answered in time. Press again: what you have filled in stays.")


async def join(parts: Parts, who: Asker, channel: str) -> None:
    """Enter a public channel, so that cards can be looked up there. Slack refuses where it is not needed."""
    await parts.slack.call(who.actor.workspace, "conversations.join", channel=channel)
