"""Reads what the pages of one dialogue are drawn from, and checks that this person may see it.

Nothing in a payload is believed: the dialogue is looked up in the workspace of the request, and the
same nothing is returned for "does not exist" and "not for you" (reliability T11 to T13).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot import people, policy
from bot.delegation import hands
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.parts import Parts
from bot.policy import Actor, Thing
from bot.words.text import words
from flows import cadence
from flows.dialogue.effects import RecordKind
from flows.dialogue.kinds import USER
from flows.dialogue.model import Dialogue
from flows.dialogue.path import path
from flows.project import Person, Project
from storage import person as kept
from storage import register
from storage import seat as seats
from storage.database import Connection
from storage.dialogue import Run

#: Open points of "I don't know" that are not settled.
WAITING = ("open", "acknowledged", "in_progress")
#: Profiles fetched for one form at most.
MOST_PEOPLE = 40
ISSUES: tuple[RecordKind, ...] = ("issue",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The person behind a gesture, as Slack verified them."""

    workspace: str
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gesture:
    """One gesture of a person in a dialogue. `place` and `fields` are what their view says."""

    parts: Parts
    who: Who
    place: Place
    fields: Mapping[str, Any] = field(default_factory=dict)
    now: datetime  # UTC


def scene(conn: Connection, gesture: Gesture, *, lock: bool = False, refs: bool = False) -> Scene | None:
    """This person's view of the dialogue, or None when there is nothing there for them. `lock`: the
    sheet is about to be changed. `refs`: with the numbers of the open points they led to."""
    parts, who, place, now = gesture.parts, gesture.who, gesture.place, gesture.now
    flows, here = parts.playbook.flows, {"workspace": who.workspace}
    asked = hands.lent(conn, **here, id=place.lent, user=who.user) if place.lent else None
    if place.lent and (asked is None or asked.dialogue_id != place.dialogue):
        return None
    user = asked.from_user if asked else who.user
    found = seats.seat(conn, **here, id=place.dialogue, user=user, flows=flows, lock=lock)
    flow = flows.get(found.run.flow) if found else None
    if found is None or flow is None:
        return None
    sheet, project, mine = found.sheet, found.project, found.part
    me = found.me or people.unknown(who.workspace, user)
    if asked is not None:
        sheet, mine = hands.seen(flow, sheet, asked), None
        me = kept.get(conn, **here, user=who.user) or people.unknown(who.workspace, who.user)
    if not _may(project, me, asked=bool(asked) or mine is not None or bool(path(flow, sheet))):
        return None
    return Scene(
        flow=flow,
        run=found.run,
        lent=asked,
        wanted=hands.wanted(conn, found.run, sheet),
        dialogue=sheet,
        project=project,
        w=words(people.language(me, project)),
        today=now.astimezone(cadence.zone(project.zone)).date(),
        names={**found.names, **_called(conn, gesture, me, hands.colleagues(sheet))},
        refs=_refs(conn, project) if refs else {},
        made=made(conn, found.run, sheet) if refs else {},
        done=mine is not None and mine.done_at is not None,
    )


def named(gesture: Gesture) -> list[str]:
    """The people chosen in this form: the next screen calls them by name though they hold no role yet."""
    chosen = [
        one for value in gesture.fields.values() for one in (value if isinstance(value, list) else [value])
    ]
    return [one for one in chosen if isinstance(one, str) and USER.fullmatch(one)][:MOST_PEOPLE]


def _called(conn: Connection, gesture: Gesture, me: Person, others: Iterable[str]) -> dict[str, str]:
    """The names that are not those of the project's people: one's own, of those just chosen, and of
    the `others` whom this person has asked."""
    chosen = list(dict.fromkeys((*named(gesture), *others)))
    known = kept.many(conn, workspace=me.workspace, users=chosen) if chosen else {}
    return {me.user: me.name, **{user: person.name for user, person in known.items()}}


def after(scene: Scene, dialogue: Dialogue) -> Scene:
    """The scene once the turn is taken. The cast the turn left goes into the project too."""
    project = replace(scene.project, cast=dialogue.cast)
    return replace(scene, dialogue=dialogue, project=project)


def _may(project: Project, person: Person, *, asked: bool) -> bool:
    """Invited by id, or content asks this very person something by their role."""
    actor = Actor(workspace=person.workspace, user=person.user, outsider=person.stranger or person.guest)
    thing = Thing(project=project, invited=asked)
    return isinstance(policy.can(actor, "dialogue.answer", thing), policy.Allow)


def _refs(conn: Connection, project: Project) -> dict[str, str]:
    """Question id to the number of its open point."""
    issues = register.records(
        conn, workspace=project.workspace, project_id=project.id, kinds=ISSUES, status=WAITING, roles=None
    )
    return {issue.source: issue.ref for issue in issues if issue.asked_by}


def made(conn: Connection, run: Run, sheet: Dialogue) -> dict[str, tuple[str, ...]]:
    """Question id to the records that this person's answers, and the shared ones, have made."""
    roles = sheet.cast.roles_of(sheet.writer)
    found: dict[str, tuple[str, ...]] = {}
    for one in register.of_dialogue(conn, workspace=run.workspace, dialogue_id=run.id, roles=roles):
        if one.respondent in ("", sheet.person) and not one.asked_by:
            found[one.source] = (*found.get(one.source, ()), one.ref)
    return found
