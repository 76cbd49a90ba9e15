"""Who was at a session with a vendor (W09): noted when it was held, so that they are asked what they saw.

A session is held once somebody was there (D14); before that nobody is asked what they saw. Knows no
answer, and lists people for the facilitator only.
"""

from collections.abc import Mapping
from typing import Any

from bot import answer, forms
from bot.asker import Asker
from bot.request import Json, Request
from bot.rounds import announce
from bot.words import blocks, elements
from flows.dialogue.effects import Amend, RecordKind
from flows.register.model import Kept
from storage import amending, register
from storage.database import Connection

CALLBACK = "attendance.save"
WORKSHOP = "W09"
SESSIONS: tuple[RecordKind, ...] = ("vendor",)


def sessions(conn: Connection, *, who: Asker) -> list[Kept]:
    """The sessions that D14 plans, by number."""
    project = who.here
    return register.records(conn, workspace=project.workspace, project_id=project.id, kinds=SESSIONS)


def form(conn: Connection, *, who: Asker, step: str) -> Json:
    """A list of people for each session. `step`: the step of the plan that is being marked as held."""
    w, planned = who.w, sessions(conn, who=who)
    rows = [
        blocks.context(
            w(
                "Those who were there are asked what they saw. A session without anybody has not been held. "
                "This counts nobody: the diagnosis reads how many of the team and which functions."
            )
        )
    ]
    for one in planned:
        name = w.of(one.title)
        label = w("{vendor}, {day}: who was there?", vendor=name, day=w.day(one.due)) if one.due else name
        people = elements.users("there", initial=one.fields.get("attendees") or ())
        rows.append(blocks.field(label, people, block_id=one.ref, optional=True))
    return blocks.modal(
        w("Who was there?"),
        rows,
        callback_id=CALLBACK,
        submit=w("Save"),
        close=w("Not yet"),
        metadata=forms.packed(step=step),
    )


def chosen(request: Request, who: Asker, planned: list[Kept]) -> dict[str, list[str]]:
    """Who was there, by session, of the people of the project."""
    known = {*who.here.cast.everybody()}
    return {one.ref: [user for user in _users(request, one.ref) if user in known] for one in planned}


def note(conn: Connection, *, who: Asker, there: Mapping[str, list[str]], now: Any) -> None:
    """Keep it on the sessions themselves, and draw again the Homes of those it opens questions for."""
    project = who.here
    fields = {ref: {"attendees": users or None} for ref, users in there.items()}
    effect = Amend(question=WORKSHOP, fields=fields)
    amending.amend(conn, workspace=project.workspace, project_id=project.id, effect=effect, now=now)
    announce.homes(
        conn, project=project, users=sorted({u for users in there.values() for u in users}), now=now
    )


def _users(request: Request, block: str) -> list[str]:
    users = answer.state(request, block, "there").get("selected_users")
    return [user for user in users if isinstance(user, str)] if isinstance(users, list) else []
