"""What waits for one person in one project: their dialogues with state words, and the next action.

The table of journeys 1.4, for the lines that can occur with set-up, goals and sponsorship. Reads;
decides nothing and writes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.hub import withheld
from bot.parts import Parts
from bot.rounds import plan, proposing
from bot.words.text import Wording
from flows.dialogue.asking import SEVERAL, askable
from flows.dialogue.lending import WHOLE, all_asked
from flows.dialogue.model import Dialogue, Flow
from flows.dialogue.path import path, progress
from flows.project import Project
from flows.register.life import OVER
from flows.register.model import Kept
from storage import dialogue as dialogues
from storage import register
from storage.database import Connection

SETUP = "D01"
State = Literal["new", "started", "done", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One dialogue as one person sees it. `done` of `total` are screens."""

    run: dialogues.Run
    flow: Flow
    state: State
    done: int
    total: int
    minutes: int
    questions: int  # how many this person is asked
    passable: bool = False  # a colleague could be asked for all of it
    passed_to: str = ""  # the colleague who was asked for all of it

    @property
    def open(self) -> bool:
        """It still waits for this person."""
        return self.state in ("new", "started")


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The one next action: a sentence and the button that does exactly that (acceptance 3)."""

    said: str
    button: str
    action: str
    value: str
    idle: bool = False  # nothing waits: the sentence says so, and what comes
    label: str = ""  # what a screen reader says of the button, where its word alone says too little


def tasks(conn: Connection, *, parts: Parts, project: Project, user: str) -> list[Task]:
    """Everything this person was sent, oldest first. Content that is gone is left out."""
    workspace, flows = project.workspace, parts.playbook.flows
    mine = dialogues.for_user(conn, workspace=workspace, user=user)
    here = sorted(
        (one for one in mine if one.run.project_id == project.id), key=lambda one: one.run.opened_at
    )
    if not here:
        return []
    sheets = dialogues.sheets(conn, workspace=workspace, project_id=project.id, person=user, flows=flows)
    found = [_task(parts, one, sheets[one.run.id]) for one in here]
    return [task for task in found if task is not None]


def task_of(conn: Connection, *, parts: Parts, workspace: str, run_id: str, user: str) -> Task | None:
    """One dialogue as one person sees it; None when it was not sent to them."""
    mine = dialogues.for_user(conn, workspace=workspace, user=user)
    one = next((one for one in mine if one.run.id == run_id), None)
    flows = parts.playbook.flows
    sheet = dialogues.sheet(conn, workspace=workspace, id=run_id, person=user, flows=flows)
    return None if one is None or sheet is None else _task(parts, one, sheet)


#: Kinds of record that somebody sees to until they are over.
SEEN_TO = ("issue", "action", "risk", "assumption", "gap", "annex", "task")


def own_records(conn: Connection, *, project: Project, user: str, parts: Parts | None = None) -> list[Kept]:
    """Open issues and actions this person holds, the most urgent first. With `parts`, everything they
    see to: what comes from people's own answers once their dialogue has closed."""
    owned = register.owned(conn, workspace=project.workspace, user=user)
    here = [record for of, record in owned if of == project.id and record.status not in OVER]
    if parts is None:
        return [record for record in here if record.kind in withheld.POINTS]
    kept = [record for record in here if record.kind in SEEN_TO]
    return withheld.shown(conn, kept, parts=parts, project=project, user=user)


def next_action(  # noqa: PLR0913 - all that 1.4 looks at
    w: Wording,
    *,
    project: Project,
    user: str,
    work: Iterable[Task],
    records: Iterable[Kept],
    steps: Iterable[proposing.Step],
    today: date,
    coming: proposing.Coming | None = None,
) -> Next:
    """The first line of 1.4 that applies; ties by nearest date. What is left of the set-up once its
    needed names are given comes after the plan: sending is more useful then (acceptance 3)."""
    work = list(work)
    rest = [task for task in work if task.flow.id == SETUP and project.cast.holder("facilitator") == user]
    asked = [task for task in work if task not in rest]
    lines = (
        _setup_lacks(w, project, user, work),
        _started(w, asked),
        _fresh(w, asked),
        _due(w, project, records, today),
        *(
            Next(said=w.md(s.said, **_shown(w, s.values)), button=w(s.button), action=s.action, value=s.value)
            for s in steps
        ),
        _started(w, rest),
        _fresh(w, rest),
    )
    return next((line for line in lines if line), _nothing(w, project, work, coming))


def _task(parts: Parts, one: dialogues.Invited, sheet: Dialogue) -> Task | None:
    run, mine, flow = one.run, one.part, parts.playbook.flows.get(one.run.flow)
    if flow is None:
        return None
    far = progress(flow, sheet)
    asked = {question.id for screen in path(flow, sheet) for question in screen.questions}
    if not asked and run.status == "open":
        return None  # a role has changed hands: nothing of it is asked of this person any more
    over, started = far.finished and mine.done_at is not None, mine.started_at is not None
    state = _state(run, over, far.done, far.total, started=started)
    open_ = state in ("new", "started") and flow.id != SETUP
    return Task(
        run=run,
        flow=flow,
        done=far.done,
        total=far.total,
        minutes=far.minutes_left,
        questions=len(asked),
        state=state,
        passable=open_ and len(askable(flow, sheet, WHOLE)) >= SEVERAL,
        passed_to=str(sheet.answers[WHOLE].value) if open_ and all_asked(sheet) else "",
    )


def _state(run: dialogues.Run, finished: bool, done: int, total: int, *, started: bool) -> State:
    if run.status == "closed":
        return "closed"
    if finished:
        return "done"
    return "started" if started or done == total else "new"  # what others answered for all is no start


def _setup_lacks(w: Wording, project: Project, user: str, work: list[Task]) -> Next | None:
    """Line 1: names without which nothing can be sent."""
    missing = plan.missing_names(project)
    setup = next((task for task in work if task.flow.id == SETUP and task.run.status == "open"), None)
    if not missing or setup is None or project.cast.holder("facilitator") != user:
        return None
    said = w.plural(
        "Set-up needs {n} name before anything can be sent.",
        "Set-up needs {n} names before anything can be sent.",
        len(missing),
    )
    return Next(said=said, button=w("Finish set-up"), action="dialogue.open", value=setup.run.id)


def _started(w: Wording, work: list[Task]) -> Next | None:
    """Line 5: started, not finished."""
    task = _first(task for task in work if task.state == "started")
    if task is None:
        return None
    said = w.plural_md(
        "*{title}*: you stopped at {done} of {total}. About {n} minute left.",
        "*{title}*: you stopped at {done} of {total}. About {n} minutes left.",
        max(task.minutes, 1),
        title=task.flow.title,
        done=task.done,
        total=task.total,
    )
    if task.done == task.total:
        said = w.md(
            "*{title}*: every screen is filled in. Read your answers once and finish.", title=task.flow.title
        )
    return _goes_on(w, task, said, w("Continue"))


def _fresh(w: Wording, work: list[Task]) -> Next | None:
    """Line 6: a new dialogue."""
    task = _first(task for task in work if task.state == "new")
    if task is None:
        return None
    said = w.plural_md(
        "*{title}*: about {n} minute.",
        "*{title}*: about {n} minutes.",
        max(task.minutes, 1),
        title=task.flow.title,
    )
    return _goes_on(w, task, said, w("Answer"))


def _goes_on(w: Wording, task: Task, said: str, word: str) -> Next:
    label = w("{what}: {question}", what=word, question=w.of(task.flow.title))
    return Next(said=said, button=word, action="dialogue.open", value=task.run.id, label=label)


def _due(w: Wording, project: Project, records: Iterable[Kept], today: date) -> Next | None:
    """Line 7: something of one's own that is due."""
    due = next((r for r in records if r.due is not None and r.due <= today), None)
    if due is None or due.due is None:
        return None
    late = due.due < today
    said = (
        w.md("{ref} was due on {day}: *{title}*", ref=due.ref, day=w.day(due.due), title=due.title)
        if late
        else (w.md("{ref} is due today: *{title}*", ref=due.ref, title=due.title))
    )
    return Next(said=said, button=w("See my list"), action="register.open", value=f"{project.id}:mine:0")


def _shown(w: Wording, values: Mapping[str, Any]) -> dict[str, Any]:
    """Days in words."""
    return {name: w.day(value) if isinstance(value, date) else value for name, value in values.items()}


def _nothing(w: Wording, project: Project, work: list[Task], coming: proposing.Coming | None) -> Next:
    """Line 10, with what comes next: in the plan for those who run the project, else a closing."""
    ahead = sorted(t.run.closes_on for t in work if t.run.status == "open" and t.run.closes_on)
    said: str = w("Nothing is waiting for you.")
    if coming is not None:
        said = w.md(coming.said, title=coming.title, day=w.day(coming.day))
    elif ahead:
        title = next(t.flow.title for t in work if t.run.closes_on == ahead[0])
        said = w.md(
            "Nothing is waiting for you. Next: *{title}* closes on {day}.", title=title, day=w.day(ahead[0])
        )
    return Next(said=said, button=w("See the plan"), action="plan.open", value=project.id, idle=True)


def _first(work: Iterable[Task]) -> Task | None:
    """The one that closes first."""
    return min(work, key=lambda task: task.run.closes_on or date.max, default=None)
