"""The private message to lead and facilitator when a channel or a person cannot be reached (34 of
journeys 6: "Delivery trouble"). Queued by bot/outbound/marking.py, once for each place and reason."""

from bot import asker, people
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.rounds import cards, sending
from bot.words.blocks import section
from bot.words.mrkdwn import Mrkdwn, channel
from bot.words.text import N_, Wording
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row

#: Slack's codes in words; any other is shown as it is, for whoever looks after the server.
REASONS = {
    "is_archived": N_("archived"),
    "not_in_channel": N_("I am not in it"),
    "channel_not_found": N_("I am not in it, or it is gone"),
    "user_disabled": N_("the account is closed"),
    "account_inactive": N_("the account is closed"),
    "user_not_found": N_("the account is closed"),
    "messages_tab_disabled": N_("my messages are switched off"),
    "cannot_dm_bot": N_("it is a bot"),
}


def render(conn: Connection, row: Row, parts: Parts) -> Message | Defer:
    """What does not arrive, why, and what mends it; in the reader's hours."""
    user, code = str(row.ref.get("user", "")), str(row.ref.get("code", ""))
    reader = people.several(conn, workspace=row.workspace, users=(user,))[user]
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    if project is not None and (later := sending.not_now(reader, project, parts.clock.now())):
        return later
    w = asker.load(conn, parts=parts, person=reader).w
    reason = w(REASONS[code]) if code in REASONS else code
    if row.ref.get("channel"):
        return cards.message(section(_channel(w, str(row.ref["channel"]), reason)))
    person = str(row.ref.get("person", ""))
    gone = people.several(conn, workspace=row.workspace, users=(person,))[person]
    said = w.md(
        "I can no longer write to {person} ({reason}). If a role is theirs, give it to somebody else.",
        person=gone.name,
        reason=reason,
    )
    return cards.message(section(said))


def _channel(w: Wording, id: str, reason: str) -> Mrkdwn:
    return w.md(
        "I can no longer post in {channel} ({reason}). Bring it back, or type `/invite @Cadrage` there: what "
        "waits will then follow by itself.",
        channel=channel(id),
        reason=reason,
    )


MESSAGES = {"delivery_trouble": render}
