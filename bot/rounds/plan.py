"""The facilitator's next steps in a project, from the default plan (2.1): what to send, and when.

Covers set-up, goals and sponsorship. Proposes; sends nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.words.text import N_
from flows.cadence import add_working_days
from flows.project import Project, Role
from flows.words import Words
from storage import dialogue as dialogues

#: Roles that must be named before anything is sent to anybody (2.1).
NEEDED: tuple[Role, ...] = ("sponsor", "lead", "arbiter")
#: What "Invite the team" opens, in the order people get it: sponsorship is of week 0.
FIRST = ("D03", "D02")
#: The part of goals that comes after workshop W02: week 1, day 5 of the default plan.
SECOND_PART = "after_W02"
SECOND_PART_DAY = timedelta(days=11)
OPEN_FOR = 8  # working days a dialogue stays open unless the facilitator says otherwise
ROOM = 3  # working days left at least to answer questions that are sent later


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing the facilitator can do next: words to translate, and the button that does it."""

    said: str
    button: str
    action: str
    value: str
    values: Mapping[str, int | Words] = field(default_factory=dict)


def missing_names(project: Project) -> tuple[Role, ...]:
    """Roles without which nothing can be sent."""
    return tuple(role for role in NEEDED if project.cast.holder(role) is None)


def week(project: Project, today: date) -> int:
    """The week of the plan: 0 is the week that begins at the start date; never negative."""
    return max((today - (project.start or today)).days // 7, 0)


def closing(project: Project, flows: Sequence[str], today: date) -> date:
    """The last day to answer that a sending proposes. Goals stay open until their second part, which
    comes after W02, has been answered too: it could not be sent once they are closed."""
    usual = add_working_days(today, OPEN_FOR)
    if "D02" not in flows:
        return usual
    return max(usual, add_working_days(_second_part_day(project, today), ROOM))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What the plan holds next, and when: a sentence to translate, with {title} and {day}."""

    said: str
    title: Words
    day: date


def coming(
    project: Project, user: str, runs: Sequence[dialogues.Run], titles: Mapping[str, Words], today: date
) -> Coming | None:
    """The next dated thing for those who run the project: the second part of goals, a closing."""
    if not {"facilitator", "lead"} & project.cast.roles_of(user):
        return None
    part = N_("Nothing is waiting for you. Next: workshop W02, then the second part of *{title}*, on {day}.")
    close = N_("Nothing is waiting for you. Next: *{title}* closes on {day}.")
    found, day = [], _second_part_day(project, today)
    for run in runs:
        title = titles.get(run.flow)
        if run.status != "open" or title is None:
            continue
        if run.flow == "D02" and SECOND_PART not in run.parts and day > today:
            found.append(Coming(said=part, title=title, day=day))
        if run.closes_on is not None:
            found.append(Coming(said=close, title=title, day=run.closes_on))
    return min(found, key=lambda one: one.day, default=None)


def steps(
    project: Project, user: str, runs: Sequence[dialogues.Run], titles: Mapping[str, Words], today: date
) -> list[Step]:
    """What the facilitator does next, the most urgent first; nothing for anybody else."""
    if project.cast.holder("facilitator") != user or missing_names(project):
        return []
    opened = {run.flow: run for run in runs}
    if not any(flow in opened for flow in FIRST):
        said = N_("Week {week}: nobody has been invited yet. Read the message they will get, then send it.")
        values: dict[str, int | Words] = {"week": week(project, today)}
        return [
            Step(
                said=said, button=N_("Invite the team"), action="invite.open", value=project.id, values=values
            )
        ]
    found = [_second_part(project, run, titles, today) for run in runs if run.flow == "D02"]
    return [step for step in found if step]


def _second_part_day(project: Project, today: date) -> date:
    return (project.start or today) + SECOND_PART_DAY


def _second_part(
    project: Project, run: dialogues.Run, titles: Mapping[str, Words], today: date
) -> Step | None:
    """The questions that follow workshop W02, once its day has come."""
    if run.status != "open" or SECOND_PART in run.parts or today < _second_part_day(project, today):
        return None
    return Step(
        said=N_("Week {week}: once workshop W02 is over, send the second part of *{title}*."),
        button=N_("Send it"),
        action="send.open",
        value=f"{project.id}:D02",
        values={"week": week(project, today), "title": titles.get("D02", Words.same("D02"))},
    )
