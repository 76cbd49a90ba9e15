# ruff: noqa: PLR0913, PLR0917 - who does what to which case, when: every deed says all of it
"""What people do to a case, each in one transaction: bring it, speak, pass it on, settle it, take it back.

flows/arbitration decides; here it is read under a lock, kept, put into the register, and shown.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot import asker, people
from bot.arbitration import queueing, seating
from bot.arbitration.hearing import keeper, scaled
from bot.arbitration.seating import today_of
from bot.parts import Parts
from bot.register import depending
from bot.rounds import announce
from flows.arbitration import life, records
from flows.arbitration.entitled import may_settle
from flows.arbitration.life import Verdict
from flows.arbitration.model import Case, Outcome, Position, Step
from flows.dialogue.effects import PREFIX, Draft, Record, Source
from flows.project import Project
from flows.register.model import Kept
from storage import arbitration, linking, recording
from storage import life as storage_life
from storage import project as projects
from storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of it. `changed`: False when somebody was faster, or it was not theirs."""

    case: Case | None
    project: Project | None
    changed: bool


def bring(conn: Connection, *, parts: Parts, project: Project, case: Case, now: datetime) -> Case:
    """A new case: its sides are asked for their words, or it goes to its arbiter at once. Whoever brings the
    same point in the same second gets the case that is there."""
    projects.lock(conn, workspace=project.workspace, id=project.id)
    here = {"workspace": project.workspace, "project_id": project.id}
    known = arbitration.about(conn, **here, subject=case.subject) if case.subject else None
    if known is not None and known.live:
        return known
    case = seating.placed(conn, project, case, now)
    if life.complete(case):
        case = life.send(case, today_of(project, now))
    (made,) = _recorded(conn, case, (records.tradeoff(case),), now)
    case = replace(case, number=made.number)
    arbitration.put(conn, case=case)
    _follow(conn, project, case, now)
    return case


def speak(conn: Connection, *, parts: Parts, workspace: str, id: str, said: Position, now: datetime) -> Done:
    """Somebody gives, or changes, their own words; or says that it is no point of theirs. Once everybody has,
    it goes to the arbiter."""

    def spoken(case: Case, project: Project) -> Case:
        case = life.decline(case, said.author) if said.state == "declined" else life.say(case, said)
        ready = life.complete(case) and bool(case.said)
        return life.send(case, today_of(project, now)) if ready else case

    return _moved(conn, parts, workspace, id, spoken, now)


def forward(conn: Connection, *, parts: Parts, workspace: str, id: str, now: datetime) -> Done:
    """The time for words is over: it goes to the arbiter as it is."""
    return _moved(
        conn, parts, workspace, id, lambda case, project: life.send(case, today_of(project, now)), now
    )


def party(conn: Connection, *, parts: Parts, workspace: str, id: str, user: str, now: datetime) -> Done:
    """The arbiter says they are a party: it goes to whoever replaces them (4.1), and everybody is told."""

    def passed(case: Case, project: Project) -> Case:
        if user not in case.deciders or case.seat == "committee":
            return case
        moved = seating.placed(conn, project, replace(case, out=(*case.out, user), delegated_by=""), now)
        to = "" if moved.seat == "committee" else moved.arbiter
        return _on_the_way(moved, Step(what="passed", by=user, at=now, to=to))

    return _moved(conn, parts, workspace, id, passed, now)


def delegate(
    conn: Connection, *, parts: Parts, workspace: str, id: str, user: str, to: str, now: datetime
) -> Done:
    """Somebody else settles it in their place, and may refuse. They may still settle it themselves."""

    def passed(case: Case, project: Project) -> Case:
        mine = user == case.arbiter and case.seat in ("arbiter", "sponsor")
        if not mine or to == user or not may_settle(project.cast, case, to):
            return case
        moved = replace(case, seat="delegate", arbiter=to, delegated_by=user)
        return _on_the_way(moved, Step(what="delegated", by=user, at=now, to=to))

    return _moved(conn, parts, workspace, id, passed, now)


def hand_back(conn: Connection, *, parts: Parts, workspace: str, id: str, user: str, now: datetime) -> Done:
    """The delegate refuses: it is again with whoever passed it on."""

    def back(case: Case, project: Project) -> Case:
        if case.seat != "delegate" or user != case.arbiter:
            return case
        moved = seating.placed(conn, project, replace(case, delegated_by=""), now)
        return _on_the_way(moved, Step(what="returned", by=user, at=now, to=moved.arbiter))

    return _moved(conn, parts, workspace, id, back, now)


def reseat(conn: Connection, *, parts: Parts, project: Project, now: datetime) -> None:
    """Cases whose arbiter has left the company, is away, is back, or is no longer the arbiter, go to whoever
    is entitled now; the date stays."""
    here = {"workspace": project.workspace}
    for case in arbitration.pending(conn, **here, project_id=project.id):
        one = people.several(conn, **here, users=(case.arbiter,))[case.arbiter] if case.arbiter else None
        if case.seat != "delegate" or (one is not None and one.deleted):
            _moved(conn, parts, project.workspace, case.id, _seated_anew(conn, now), now)


def _seated_anew(conn: Connection, now: datetime) -> Callable[[Case, Project], Case]:
    def seated_anew(case: Case, project: Project) -> Case:
        moved = seating.placed(conn, project, replace(case, delegated_by=""), now)
        if (moved.arbiter, moved.delegated_by) == (case.arbiter, case.delegated_by):
            return case
        return _on_the_way(moved, seating.why(conn, project, case, moved, now))

    return seated_anew


def need(
    conn: Connection, *, parts: Parts, workspace: str, id: str, user: str, words: str, now: datetime
) -> Done:
    """Something is missing: the facilitator reads it, it is shown with the case, and the clock goes on."""

    def asked(case: Case, project: Project) -> Case:
        if user not in case.deciders:
            return case
        return _on_the_way(case, Step(what="need", by=user, at=now, words=words))

    return _moved(conn, parts, workspace, id, asked, now)


def withdraw(conn: Connection, *, parts: Parts, workspace: str, id: str, user: str, now: datetime) -> Done:
    """People have agreed meanwhile: taken back by whoever brought it, or who looks after it."""

    def back(case: Case, project: Project) -> Case:
        return life.withdraw(case, by=user, at=now) if user == keeper(case, project) else case

    return _moved(conn, parts, workspace, id, back, now)


def settled_elsewhere(conn: Connection, *, parts: Parts, workspace: str, id: str, now: datetime) -> Done:
    """What it was about has been settled in another way: nobody is asked for anything any more."""
    return _moved(conn, parts, workspace, id, lambda case, project: life.withdraw(case, by="", at=now), now)


def settle(
    conn: Connection, *, parts: Parts, workspace: str, id: str, user: str, verdict: Verdict, now: datetime
) -> Done:
    """The decision: recorded, linked with what was contested, which it replaces, and shown. Of two in the
    same second the second changes nothing."""
    case, project = _held(conn, parts, workspace, id)
    if case is None or project is None:
        return Done(case=case, project=project, changed=False)
    today = today_of(project, now)
    done = life.settle(case, verdict, by=user, at=now, today=today)
    if done is None or done.outcome is None:
        return Done(case=case, project=project, changed=False)
    names = asker.named(conn, project=project, also=[one.author for one in case.positions])
    decision = records.decision(done, done.outcome, today, names)
    made = _recorded(conn, done, (records.tradeoff(case), decision), now)
    number = next(one.number for one in made if one.kind == "decision")
    outcome = replace(done.outcome, decision=number)
    done = replace(done, outcome=outcome)
    _recorded(conn, done, (records.tradeoff(done), decision), now)
    _replaces(conn, project, done, outcome, now)
    arbitration.move(conn, case=done)
    queueing.over(conn, case=done)
    queueing.shown(conn, project=project, case=done, now=now)
    return Done(case=done, project=project, changed=True)


def _moved(
    conn: Connection,
    parts: Parts,
    workspace: str,
    id: str,
    change: Callable[[Case, Project], Case],
    now: datetime,
) -> Done:
    """One change of a case that is still open."""
    case, project = _held(conn, parts, workspace, id)
    if case is None or project is None or not case.live:
        return Done(case=case, project=project, changed=False)
    new = change(case, project)
    if new == case:
        return Done(case=case, project=project, changed=False)
    arbitration.move(conn, case=new)
    _recorded(conn, new, (records.tradeoff(new),), now)
    _follow(conn, project, new, now, before=case)
    return Done(case=new, project=project, changed=True)


def _held(conn: Connection, parts: Parts, workspace: str, id: str) -> tuple[Case | None, Project | None]:
    """The case as it stands, and nobody changes it until the end of the transaction."""
    found = arbitration.get(conn, workspace=workspace, id=id)
    if found is None or not projects.lock(conn, workspace=workspace, id=found.project_id):
        return None, None
    case = arbitration.get(conn, workspace=workspace, id=id)
    return (scaled(case, parts) if case else None), projects.get(
        conn, workspace=workspace, id=found.project_id
    )


def _follow(
    conn: Connection, project: Project, case: Case, now: datetime, *, before: Case | None = None
) -> None:
    """Plan its days where they have changed, and show it."""
    if not case.live:
        queueing.over(conn, case=case)
    elif before is None or before.state != case.state:
        queueing.planned(conn, project=project, case=case, now=now)
    queueing.shown(conn, project=project, case=case, now=now)


def _on_the_way(case: Case, step: Step) -> Case:
    return replace(case, trail=(*case.trail, step))


def _recorded(conn: Connection, case: Case, drafts: tuple[Draft, ...], now: datetime) -> list[Kept]:
    """These records come from this case. Those that are new, or read differently."""
    source = Source(dialogue=case.id, question=records.SOURCE, respondent="")
    by = case.outcome.by if case.outcome else case.asked_by
    here = {"workspace": case.workspace, "project_id": case.project_id}
    task = recording.about(conn, **here, source=source, now=now, by=by)
    recording.record(task, Record(source=source, drafts=drafts))
    return [*task.changes.created, *task.changes.changed]


def _replaces(conn: Connection, project: Project, case: Case, made: Outcome, now: datetime) -> None:
    """What was contested is settled by the decision, and each says so of the other; a decision that is
    replaced says so on its card."""
    becomes = records.after(case, made)
    here = {"workspace": project.workspace, "project_id": project.id}
    held = storage_life.hold(conn, **here, ref=case.subject) if becomes is not None else None
    if becomes is None or held is None:
        return
    gone = storage_life.change(
        conn, held, by=made.by, move=becomes.move, now=now, status=becomes.status, fields=becomes.fields,
        reason=made.reason,
    )  # fmt: skip
    ref = f"{PREFIX['decision']}-{made.decision}"
    linking.link(conn, **here, ref=ref, link=becomes.link, to=case.subject)
    if becomes.link == "supersedes":
        announce.decision_card(conn, project=project, number=held.record.number, now=now)
        depending.mark(conn, project=project, decision=gone, by=made.by, now=now)
