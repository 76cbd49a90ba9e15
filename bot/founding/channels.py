"""Whether a project can live in a channel: Slack is asked, and told that we come in."""

import asyncio

from bot.asker import Asker
from bot.outbound.outcome import DestinationGone, Sent
from bot.parts import Parts
from bot.request import Json
from bot.words.text import Wording

PATIENCE = 1.0  # seconds to ask Slack; when it does not answer, posting will tell


async def trouble(parts: Parts, who: Asker, channel: str) -> str | None:
    """Why the project cannot live there; None when it can, or when Slack does not say in time."""
    w = who.w
    if channel[:1] not in ("C", "G"):
        return w("Choose a channel. A direct message cannot hold a project.")
    try:
        async with asyncio.timeout(PATIENCE):
            outcome = await parts.slack.call(who.actor.workspace, "conversations.info", channel=channel)
    except TimeoutError:
        return None
    if isinstance(outcome, DestinationGone):
        return w("Invite me first: /invite @Cadrage in that channel, then press again.")
    found = outcome.data.get("channel") if isinstance(outcome, Sent) else None
    return _refusal(w, found) if isinstance(found, dict) else None


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


async def join(parts: Parts, who: Asker, channel: str) -> None:
    """Enter a public channel, so that cards can be looked up there. Slack refuses where it is not needed."""
    await parts.slack.call(who.actor.workspace, "conversations.join", channel=channel)
