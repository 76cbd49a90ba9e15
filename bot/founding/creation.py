# ruff: noqa: PLR0913 - a form, its reader and its content
"""The moment a project comes to exist: the first screen of its set-up, read, checked and stored once.

Before it there is a draft: a scene without a project, whose exits live in the form. Draws nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, get_args

from bot import asker
from bot.asker import Asker
from bot.dialogue import screens
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.dialogue.turns import mark
from bot.once import taken
from bot.parts import Parts
from bot.rounds import always, announce
from flows import cadence
from flows.dialogue.engine import advance
from flows.dialogue.events import Event, ExitTaken, Submitted
from flows.dialogue.model import Answer, Dialogue, Exit, Flow, Screen, Value
from flows.dialogue.turn import Problem, Turn
from flows.project import Cast, Person, Project
from flows.words import Words
from storage import casting, inbox, memo
from storage import dialogue as dialogues
from storage import project as projects
from storage.casting import Change
from storage.database import Connection

NEW = "new"  # stands for the dialogue that does not exist yet
WORKING_TITLE = Words(en="CRM project", fr="Projet CRM")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What sending the first screen led to: a project with its set-up, or problems to correct."""

    run_id: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstScreen:
    """What the first screen says: values and exits by question."""

    key: str
    values: Mapping[str, Value]
    exits: Mapping[str, Exit]

    def turns(self, flow: Flow, sheet: Dialogue, *, now: datetime, today: date) -> Iterator[Turn]:
        """The exits, then the screen, one turn each."""
        events: list[Event] = [
            ExitTaken(by=sheet.person, question=id, exit=exit, at=now) for id, exit in self.exits.items()
        ]
        events.append(Submitted(by=sheet.person, screen=self.key, values=self.values, at=now, confirmed=True))
        for event in events:
            turn = advance(flow, sheet, event, today=today)
            sheet = turn.dialogue
            yield turn


def create(
    conn: Connection, *, parts: Parts, who: Asker, place: Place, fields: Mapping[str, Any], channel: str
) -> Made:
    """Once for each form: the project, its set-up, and the answers of its first screen."""
    workspace, now, flow = who.actor.workspace, parts.clock.now(), parts.playbook.flows["D01"]
    done = taken(conn, workspace=workspace, nonce=place.nonce, now=now) if place.nonce else None
    text = mark({**fields, "channel": channel})
    if done is not None and done.get("text") == text:
        return Made(run_id=str(done["run"]))
    said, draft = _said(parts, who, place, fields), draft_of(parts, who, replace(place, extra={}))
    for turn in said.turns(flow, draft.dialogue, now=now, today=draft.today):
        if not turn.accepted:
            return Made(problems=turn.problems)
    if done is not None:  # its acknowledgement was lost, and the text was changed before sending again
        run_id = str(done["run"])
        _corrected(conn, who=who, flow=flow, said=said, run_id=run_id, channel=channel, today=draft.today,
                   now=now)  # fmt: skip
    else:
        run_id = _opened(conn, who=who, flow=flow, said=said, channel=channel, now=now, today=draft.today)
    announce.home(conn, workspace=workspace, user=who.actor.user, now=now)
    result = {"run": run_id, "text": text}
    inbox.remember_form(conn, workspace=workspace, nonce=place.nonce or run_id, result=result, now=now)
    return Made(run_id=run_id)


def _opened(
    conn: Connection, *, who: Asker, flow: Flow, said: FirstScreen, channel: str, now: datetime, today: date
) -> str:
    """A project whose facilitator is the one who asks, with its set-up under way. Returns the run."""
    workspace, user = who.actor.workspace, who.actor.user
    id = projects.create(
        conn,
        workspace=workspace,
        channel=channel,
        language=who.language,
        facilitator=user,
        name=WORKING_TITLE.in_(who.language),
        now=now,
        zone=_zone(who.person),
    )
    run_id = dialogues.open(
        conn, workspace=workspace, project_id=id, flow=flow.id, opened_by=user, closes_on=None, now=now
    )
    dialogues.invite(conn, workspace=workspace, dialogue_id=run_id, users=(user,), by=user, now=now)
    memo.put(conn, workspace=workspace, user=user, name=asker.CHOSEN, value=id)
    _kept(conn, who=who, flow=flow, said=said, project_id=id, run_id=run_id, now=now, today=today)
    always.planned(conn, workspace=workspace, project_id=id, zone=_zone(who.person), now=now)
    return run_id


def _corrected(
    conn: Connection, *, who: Asker, flow: Flow, said: FirstScreen, run_id: str, channel: str, now: datetime,
    today: date,
) -> None:  # fmt: skip
    """The form that made this project came again with another text."""
    workspace = who.actor.workspace
    run = dialogues.run(conn, workspace=workspace, id=run_id)
    if run is not None:
        change = Change(workspace=workspace, project_id=run.project_id, by=who.actor.user, now=now)
        casting.settle(conn, change, channel=channel)
        _kept(conn, who=who, flow=flow, said=said, project_id=run.project_id, run_id=run_id, now=now,
              today=today)  # fmt: skip


def _kept(
    conn: Connection, *, who: Asker, flow: Flow, said: FirstScreen, project_id: str, run_id: str,
    now: datetime, today: date,
) -> None:  # fmt: skip
    """The answers of the first screen, as turns of the set-up."""
    workspace, user, flows = who.actor.workspace, who.actor.user, {flow.id: flow}
    sheet = dialogues.sheet(conn, workspace=workspace, id=run_id, person=user, flows=flows, lock=True)
    if sheet is None:
        raise LookupError("the set-up that was just opened is not there")
    for turn in said.turns(flow, sheet, now=now, today=today):
        dialogues.save(conn, workspace=workspace, project_id=project_id, flow=flow, turn=turn, now=now)


def _said(parts: Parts, who: Asker, place: Place, fields: Mapping[str, Any]) -> FirstScreen:
    """The values and exits of the form. Forged ids are left out (T11)."""
    screen, scene = first(parts), draft_of(parts, who, place)
    taken = {q.id: exit for q in screen.questions for exit in get_args(Exit) if place.extra.get(q.id) == exit}
    exits = {id: exit for id, exit in taken.items() if _may_leave(screen, id)}
    values = screens.read(scene, screen, place, fields)
    return FirstScreen(
        key=screen.key, values={id: v for id, v in values.items() if id not in exits}, exits=exits
    )


def _may_leave(screen: Screen, id: str) -> bool:
    return any(q.id == id and q.requirement == "required" for q in screen.questions)


def draft_of(parts: Parts, who: Asker, place: Place) -> Scene:
    """The first screen's scene before anything exists: the asker facilitates, nothing is answered
    but the exits the form holds."""
    user, now = who.actor.user, parts.clock.now()
    cast = Cast(holders={"facilitator": user})
    exits = {
        id: Answer(exit=exit, author=user, at=now)
        for id, exit in ((id, e) for id in place.extra for e in get_args(Exit) if place.extra[id] == e)
    }
    return Scene(
        flow=parts.playbook.flows["D01"],
        dialogue=Dialogue(id=NEW, flow="D01", person=user, cast=cast, exits=exits),
        project=Project(
            id="",
            workspace=who.actor.workspace,
            name="",
            channel="",
            language=who.language,
            created_at=now,
            creator=user,
            cast=cast,
        ),
        w=who.w,
        today=now.astimezone(cadence.zone(_zone(who.person))).date(),
        names={user: who.person.name},
    )


def first(parts: Parts) -> Screen:
    """The first screen of the set-up."""
    return parts.playbook.flows["D01"].screens[0]


def _zone(person: Person) -> str:
    """The facilitator's zone is the project's; where it is unknown, Paris."""
    return str(cadence.zone(person.zone))
