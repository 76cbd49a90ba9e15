"""What the facilitator does next, by the plan: one sentence and the button that does it (journeys 1.4).

Proposes; sends nothing. Nobody else is proposed anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.parts import Parts
from bot.rounds import plan
from bot.words.text import N_
from flows.project import Project
from flows.timetable import Placed, Timetable, needed_by, next_up
from flows.words import Words
from storage import dialogue as dialogues
from storage.database import Connection

PREPARE = "workshop.prepare"  # of a workshop, whose line the plan has itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing the facilitator can do next: words to translate, and the button that does it."""

    said: str
    button: str
    action: str
    value: str
    values: Mapping[str, int | str | Words | date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What the plan holds next, and when: a sentence to translate, with {title} and {day}."""

    said: str
    title: Words
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What there is to do, the most urgent first, and what comes if that is nothing."""

    steps: tuple[Step, ...] = ()
    coming: Coming | None = None


def ahead(conn: Connection, *, parts: Parts, project: Project, user: str, today: date) -> Ahead:
    """For those who run the project; nothing for anybody else."""
    if not {"facilitator", "lead"} & project.cast.roles_of(user):
        return Ahead()
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    table = plan.table(conn, parts=parts, project=project, today=today)
    steps: tuple[Step, ...] = ()
    if project.cast.holder("facilitator") == user and not plan.missing_names(project):
        steps = _steps(parts, project, runs, table)
    return Ahead(steps=steps, coming=_coming(parts, runs, table))


def _steps(parts: Parts, project: Project, runs: list[dialogues.Run], table: Timetable) -> tuple[Step, ...]:
    if not any(run.flow != plan.SETUP for run in runs):
        said = N_("Week {week}: nobody has been invited yet. Read the message they will get, then send it.")
        values: dict[str, int | str | Words | date] = {"week": plan.week(project, table.today)}
        button = N_("Invite the team")
        return (Step(said=said, button=button, action="invite.open", value=project.id, values=values),)
    due = [each for each in next_up(table) if each.standing == "due"]
    sends = (_step(parts, project, table, each) for each in due if each.step.lines)
    helds = (_held(parts, project, each) for each in due if each.step.workshop)
    return (*sends, *helds)


def _held(parts: Parts, project: Project, placed: Placed) -> Step:
    """The day of a workshop: it is prepared, and once it was held here the plan knows it by itself; what
    waits for one that was held elsewhere starts once somebody says so in the plan."""
    said = N_("It is time for {workshop} *{title}*. Held elsewhere? Say so in the plan.")
    title = plan.title_of(placed.step, parts.playbook)
    values: dict[str, int | str | Words | date] = {"workshop": placed.step.what, "title": title}
    about = f"{project.id}:{placed.step.what}"
    return Step(said=said, button=N_("Prepare…"), action=PREPARE, value=about, values=values)


def _step(parts: Parts, project: Project, table: Timetable, placed: Placed) -> Step:
    """ "Week 5: send *Obstacles and lots* before W07 on Wednesday." """
    step = placed.step
    values: dict[str, int | str | Words | date] = {
        "week": plan.week(project, table.today),
        "title": plan.title_of(step, parts.playbook),
    }
    workshop = needed_by(table, step.what)
    if step.wave:
        said = N_("Week {week}: open the anonymous questions *{title}*.")
    elif plan.piece_of(step, parts.playbook).part:
        said = N_("Week {week}: once workshop W02 is over, send the second part of *{title}*.")
    elif workshop is not None:
        said = N_("Week {week}: send *{title}* before {workshop} on {day}.")
        held = next(each for each in table.placed if each.day == workshop and _works_with(each, step.what))
        values |= {"workshop": held.step.what, "day": workshop}
    else:
        said = N_("Week {week}: send *{title}*.")
    return Step(
        said=said, button=N_("Send it"), action="plan.send", value=f"{project.id}:{step.key}", values=values
    )


def _works_with(placed: Placed, what: str) -> bool:
    workshop = placed.step.workshop
    return workshop is not None and what in workshop.needs


def _coming(parts: Parts, runs: list[dialogues.Run], table: Timetable) -> Coming | None:
    """The next dated thing: a step of the plan, a closing."""
    part = N_("Nothing is waiting for you. Next: workshop W02, then the second part of *{title}*, on {day}.")
    send = N_("Nothing is waiting for you. Next: *{title}* is to be sent on {day}.")
    close = N_("Nothing is waiting for you. Next: *{title}* closes on {day}.")
    found = []
    for each in next_up(table):
        if each.standing == "planned" and each.step.lines:
            later = not each.step.wave and plan.piece_of(each.step, parts.playbook).part
            title = plan.title_of(each.step, parts.playbook)
            found.append(Coming(said=part if later else send, title=title, day=each.day))
            break
    for run in runs:
        flow = parts.playbook.flows.get(run.flow)
        if run.status == "open" and flow is not None and run.closes_on is not None:
            found.append(Coming(said=close, title=flow.title, day=run.closes_on))
    return min(found, key=lambda one: one.day, default=None)
