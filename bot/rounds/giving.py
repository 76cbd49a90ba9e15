"""What one person gets of a sending: an invitation, or word that there is more; each when their budget
allows. Belongs in the transaction of the sending; opens no dialogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.parts import Parts
from bot.rounds import announce, budget, sending, term
from bot.rounds.announce import INVITED
from bot.rounds.invitation import REFUSED
from bot.rounds.pieces import Portion
from flows.project import Person, Project
from storage import ask as asks
from storage import dialogue as dialogues
from storage import memo
from storage.ask import Ask
from storage.database import Connection

KNOWN = "known:"  # memo of a person: has had a first message about this project


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One sending: who sends, when, until when one can answer."""

    project: Project
    by: str  # Slack user who pressed Send
    when: sending.When
    day: date | None
    closes_on: date
    line: str = ""  # the sender's own, shown as theirs
    now: datetime
    step: str = ""  # key of the step of the plan it was sent from


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One dialogue for one person."""

    run: dialogues.Run
    portion: Portion  # all they have to do with it
    new: Portion | None = None  # what of it is new to somebody who has the rest
    more: str = ""  # what makes it new: a later part, a step of the plan
    had: bool = False  # they were asked before, and still are
    needed_by: date | None = None  # the workshop that works with the answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """When one message leaves."""

    day: date  # where the person is
    moved: bool  # later than asked for: something else leaves before


def give(
    conn: Connection, *, parts: Parts, dispatch: Dispatch, person: Person, parcels: Sequence[Parcel]
) -> list[Leaving]:
    """Queue this person's messages, in the order given. Gives the day on which each leaves, where the
    person is. What they have already is only brought up to date."""
    project, now = dispatch.project, dispatch.now
    memo.forget(conn, workspace=project.workspace, user=person.user, name=f"{REFUSED}{project.id}")
    new = {key: parcel for parcel in parcels if (key := _key(conn, dispatch, person, parcel))}
    for number, (key, parcel) in enumerate(new.items()):
        budget.put(conn, project=project, ask=_ask(dispatch, person, key, parcel, number))
    leaves = budget.leaving(conn, parts=parts, person=person, project=project, now=now)
    leaves |= dict.fromkeys(new.keys() - leaves, now)  # a card they have is drawn again
    for key, parcel in new.items():
        if key.startswith("invitation:"):
            _invite(conn, dispatch, person, parcel.run, leaves[key])
        else:
            _tell_of_more(conn, dispatch, person, parcel, leaves[key])
    for parcel in parcels:
        announce.after_turn(conn, project=project, run=parcel.run, user=person.user, now=now)
    _keep_room(conn, dispatch, person, leaves)
    days = {key: sending.local_day(person, project, leaves[key]) for key in new}
    asked = _earliest(dispatch, person)
    return [Leaving(day=day, moved=day > asked) for day in days.values()]


def _key(conn: Connection, dispatch: Dispatch, person: Person, parcel: Parcel) -> str:
    """The key of the message it takes; "" when it takes none, because they have it, or an invitation
    that has not left yet will tell them anyway."""
    run, user = parcel.run, person.user
    invitation = f"invitation:{run.id}:{user}"
    if not parcel.had or not memo.get(conn, workspace=run.workspace, user=user, name=f"{INVITED}{run.id}"):
        return invitation
    if not parcel.more or parcel.new is None or not parcel.new.open:
        return ""
    known = asks.of(conn, workspace=run.workspace, user=user, now=dispatch.now)
    if any(each.key == invitation and each.left_at is None for each in known):
        return ""
    return f"second_part:{run.id}:{parcel.more}:{user}"


def _ask(dispatch: Dispatch, person: Person, key: str, parcel: Parcel, number: int) -> Ask:
    project = dispatch.project
    portion = parcel.portion if key.startswith("invitation:") or parcel.new is None else parcel.new
    return Ask(
        key=key,
        user=person.user,
        project_id=project.id,
        about=parcel.run.id,
        kind="dialogue",
        earliest=_earliest(dispatch, person),
        minutes=portion.counted,
        counted=portion.counted > 0,
        sponsor=project.cast.holder("sponsor") == person.user,
        needed_by=parcel.needed_by,
        since=dispatch.now + timedelta(microseconds=number),  # in the order they were chosen
    )


def _earliest(dispatch: Dispatch, person: Person) -> date:
    """The first day on which it could leave, were nothing else asked of this person."""
    project = dispatch.project
    wanted = sending.wanted(person, project, when=dispatch.when, day=dispatch.day, now=dispatch.now)
    return budget.first_day(person, project, wanted)


def _invite(
    conn: Connection, dispatch: Dispatch, person: Person, run: dialogues.Run, leaves: datetime
) -> None:
    """One invitation: who is asked, what the card will need, and when it leaves."""
    project, user, now = dispatch.project, person.user, dispatch.now
    here = {"workspace": project.workspace, "user": user}
    dialogues.invite(
        conn, workspace=project.workspace, dialogue_id=run.id, users=(user,), by=dispatch.by, now=now
    )
    first = not memo.get(conn, **here, name=f"{KNOWN}{project.id}")
    kept = {
        "leaves": leaves.isoformat(),
        "by": dispatch.by,
        "line": dispatch.line if first else "",
        "first": first,
    }
    memo.put(conn, **here, name=f"{INVITED}{run.id}", value=kept)
    memo.put(conn, **here, name=f"{KNOWN}{project.id}", value=True)
    announce.invitation(conn, run=run, user=user, leaves=leaves, now=now)


def _tell_of_more(
    conn: Connection, dispatch: Dispatch, person: Person, parcel: Parcel, leaves: datetime
) -> None:
    """A private message says that a dialogue they know has more questions."""
    announce.private(
        conn,
        workspace=dispatch.project.workspace,
        user=person.user,
        what="second_part",
        key=f"{parcel.run.id}:{parcel.more}",
        ref={"project": dispatch.project.id, "run": parcel.run.id, "asks": True},
        now=dispatch.now,
        at=leaves,
    )


def _keep_room(conn: Connection, dispatch: Dispatch, person: Person, leaves: Mapping[str, datetime]) -> None:
    """No dialogue closes before a message about it has left, this sending's or one it overtakes."""
    project = dispatch.project
    for each in asks.of(conn, workspace=project.workspace, user=person.user, now=dispatch.now):
        if each.key in leaves and each.about:
            day = sending.local_day(person, project, leaves[each.key])
            term.keep_room(conn, workspace=project.workspace, run_id=each.about, after=day)
