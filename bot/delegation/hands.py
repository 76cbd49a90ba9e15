"""Keeps what was asked of colleagues up to date with the sheets, in the transaction of the change.

Draws nothing and knows no gesture: bot/dialogue/load.py and turns.py call it, and so do the handlers
of this package.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.delegation import queueing
from bot.dialogue.scene import Scene
from bot.rounds import announce
from flows import cadence
from flows.dialogue.asking import askable
from flows.dialogue.delegation import (
    RETURNED,
    Delegation,
    State,
    Wish,
    answered,
    ask,
    back,
    blocks,
    in_hands,
    may_change,
    open_for,
)
from flows.dialogue.effects import Keep
from flows.dialogue.lending import WHOLE
from flows.dialogue.minutes import minutes
from flows.dialogue.model import Dialogue, Flow, StandIn
from flows.dialogue.turn import Turn
from flows.project import Project
from storage import delegation, dialogue
from storage import project as projects
from storage import seat as seats
from storage.database import Connection

#: States in which nobody has opened it yet.
FRESH: tuple[State, ...] = ("asked",)


def lent(conn: Connection, *, workspace: str, id: str, user: str) -> Delegation | None:
    """What this very person was asked, settled or not."""
    asked = delegation.get(conn, workspace=workspace, id=id)
    return asked if asked is not None and asked.to_user == user else None


def seen(flow: Flow, sheet: Dialogue, asked: Delegation) -> Dialogue:
    """The sheet of the one who asked, as the colleague sees it now: nothing once it is settled."""
    if open_for(flow, sheet, asked) or may_change(flow, sheet, asked):
        return in_hands(sheet, asked)
    return Dialogue(
        id=sheet.id, flow=sheet.flow, person=sheet.person, cast=sheet.cast, closed=sheet.closed,
        closes_on=sheet.closes_on, stand_in=StandIn(user=asked.to_user, question="-"),
    )  # fmt: skip


def colleagues(sheet: Dialogue) -> tuple[str, ...]:
    """Whom this person has asked, and who has answered in their place."""
    kept = (*sheet.answers.values(), *sheet.exits.values())
    asked = [str(one.value) for one in kept if one.exit == "asked"]
    own = sheet.answers.values() if sheet.stand_in is None else ()
    return (*asked, *(one.author for one in own if one.given and one.author != sheet.person))


def wanted(conn: Connection, run: dialogue.Run, sheet: Dialogue) -> dict[str, date]:
    """Until when colleagues were asked to answer, by question. Reads nothing where nobody was asked."""
    if not any(one.exit == "asked" for one in (*sheet.answers.values(), *sheet.exits.values())):
        return {}
    known = delegation.of_dialogue(conn, workspace=run.workspace, dialogue_id=run.id)
    mine = (one for one in known if one.from_user == sheet.person and one.live and one.until)
    return {one.question: one.until for one in mine if one.until}


def begin(conn: Connection, *, scene: Scene, wish: Wish, note: str, now: datetime) -> tuple[Turn, str]:
    """The colleague is asked: the sheet says so, the trace is kept (its id is given back), their card is
    queued. `scene` was read with a lock, and the wish was let by."""
    project, sheet = scene.project, scene.dialogue
    length = minutes(askable(scene.flow, sheet, wish.question))
    turn = ask(scene.flow, sheet, wish, now, scene.today)
    workspace = project.workspace
    dialogue.save(conn, workspace=workspace, project_id=project.id, flow=scene.flow, turn=turn, now=now)
    id = delegation.ask(
        conn,
        workspace=workspace,
        dialogue_id=sheet.id,
        question=wish.question,
        from_user=sheet.person,
        to_user=wish.to.user,
        note=note or None,
        until=wish.until,
        now=now,
    )
    asked = delegation.get(conn, workspace=workspace, id=id)
    if asked is not None:
        queueing.budgeted(conn, project=project, asked=asked, person=wish.to, length=length, now=now)
        queueing.told(conn, project=project, asked=asked, now=now)
        queueing.planned(conn, project=project, asked=asked, now=now)
    if scene.run is not None:
        announce.invitation_again(conn, run=scene.run, user=sheet.person, now=now)
    return turn, id


def settle(  # noqa: PLR0913 - which, how, why, when, and what the sheet is read with
    conn: Connection,
    *,
    workspace: str,
    id: str,
    state: State,
    flows: Mapping[str, Flow],
    now: datetime,
    reason: str = "",
) -> bool:
    """Refused, taken back, too late: the question waits for the one who asked again. False when it was
    settled before."""
    asked = delegation.get(conn, workspace=workspace, id=id)
    run = dialogue.run(conn, workspace=workspace, id=asked.dialogue_id) if asked else None
    found = (
        seats.seat(
            conn, workspace=workspace, id=run.id, user=asked.from_user, flows=flows, lock=run.status == "open"
        )
        if asked and run
        else None
    )
    if asked is None or found is None or not _settled(conn, found.project, asked, state, now, reason):
        return False
    flow, project = flows.get(found.run.flow), found.project
    if flow is None or found.run.status == "closed":
        return True
    today = now.astimezone(cadence.zone(project.zone)).date()
    turn = back(flow, found.sheet, asked, now, today)
    dialogue.save(conn, workspace=workspace, project_id=project.id, flow=flow, turn=turn, now=now)
    announce.after_turn(conn, project=project, run=found.run, user=asked.from_user, now=now)
    if state in RETURNED and blocks(flow, turn.dialogue):
        queueing.gone_back(conn, project=project, asked=asked, now=now)
    return True


def accept(conn: Connection, *, workspace: str, asked: Delegation, now: datetime) -> None:
    """The colleague has opened it: they mean to answer."""
    project = _project_of(conn, workspace, asked)
    if asked.state == "asked" and project is not None:
        delegation.settle(conn, workspace=workspace, id=asked.id, state="accepted", now=now, was=FRESH)
        queueing.told(conn, project=project, asked=asked, now=now)


def after(conn: Connection, *, scene: Scene, turn: Turn, finished: bool, now: datetime) -> None:
    """A turn was taken. The colleague has answered; or somebody else has, and it is asked of nobody."""
    if scene.lent is not None:
        _answered(conn, scene, scene.lent, turn, finished, now)
    keeps = [effect for effect in turn.effects if isinstance(effect, Keep)]
    before = {**scene.dialogue.answers, **scene.dialogue.exits}
    own = {k.question for k in keeps if (was := before.get(k.question)) is not None and was.exit == "asked"}
    shared = {keep.question for keep in keeps if not keep.respondent and keep.answer.given}
    if scene.run is None or not (own | shared):
        return
    lent_id = scene.lent.id if scene.lent else ""
    known = delegation.of_dialogue(conn, workspace=scene.project.workspace, dialogue_id=scene.dialogue.id)
    for one in known:
        mine = one.from_user == scene.dialogue.person and one.question in own
        if one.live and one.id != lent_id and (mine or one.question in shared):
            theirs = scene.lent is not None and scene.lent.to_user == one.to_user
            _settled(conn, scene.project, one, "answered" if theirs else "withdrawn", now)


def let_go(  # noqa: PLR0913 - who, where, and what the sheets are read with
    conn: Connection,
    *,
    workspace: str,
    user: str,
    flows: Mapping[str, Flow],
    now: datetime,
    project: Project | None = None,
) -> None:
    """Somebody is asked nothing more, in this project or (None) at all, for their account is closed: what
    colleagues asked of them goes back with one sentence, and what they asked of others waits for nobody."""
    for one in delegation.touching(conn, workspace=workspace, user=user):
        there = _project_of(conn, workspace, one)
        if there is None or (project is not None and there.id != project.id):
            continue
        state: State = "declined" if one.to_user == user else "withdrawn"
        settle(conn, workspace=workspace, id=one.id, state=state, flows=flows, now=now)


def closed(conn: Connection, *, project: Project, dialogue_id: str, now: datetime) -> None:
    """The dialogue has closed: nothing is awaited any more."""
    for one in delegation.of_dialogue(conn, workspace=project.workspace, dialogue_id=dialogue_id):
        if one.live:
            _settled(conn, project, one, "expired", now)
        elif one.state == "answered":
            queueing.card(conn, project=project, asked=one, now=now)


def _answered(  # noqa: PLR0913, PLR0917 - what was asked, and the turn
    conn: Connection, scene: Scene, asked: Delegation, turn: Turn, finished: bool, now: datetime
) -> None:
    """The colleague's turn: of one question it is the answer, of many it may be the last."""
    if not asked.live or not (asked.question != WHOLE or finished):
        return
    if not answered(scene.flow, turn.dialogue, asked):
        return
    if not _settled(conn, scene.project, asked, "answered", now):
        return
    if asked.question == WHOLE:
        own = replace(turn.dialogue, stand_in=None)
        turn = back(scene.flow, own, asked, now, scene.today)
        dialogue.save(
            conn,
            workspace=scene.project.workspace,
            project_id=scene.project.id,
            flow=scene.flow,
            turn=turn,
            now=now,
        )
        if scene.run is not None:
            announce.after_turn(conn, project=scene.project, run=scene.run, user=asked.from_user, now=now)


def _settled(  # noqa: PLR0913, PLR0917 - which, how, when, why
    conn: Connection, project: Project, asked: Delegation, state: State, now: datetime, reason: str = ""
) -> bool:
    workspace = project.workspace
    if not delegation.settle(
        conn, workspace=workspace, id=asked.id, state=state, now=now, reason=reason or None
    ):
        return False
    queueing.unplanned(conn, workspace=workspace, asked=asked)
    queueing.told(conn, project=project, asked=asked, now=now)
    return True


def _project_of(conn: Connection, workspace: str, asked: Delegation) -> Project | None:
    run = dialogue.run(conn, workspace=workspace, id=asked.dialogue_id)
    return projects.get(conn, workspace=workspace, id=run.project_id) if run else None
