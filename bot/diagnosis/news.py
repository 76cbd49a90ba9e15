"""What is said of a change of verdict: to sponsor, lead and facilitator, and later in the channel (row 30).

Before, now, why, what it changes, and the way to the diagnosis. Rendered from the data of then: what has
changed again meanwhile is said once, as it is.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot import people
from bot.diagnosis import figures, lines, timing
from bot.diagnosis.card import card
from bot.diagnosis.picture import Picture, Reader, draw
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds import sending
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording, words
from flows.diagnosis.result import Verdict
from flows.project import Project
from storage import diagnosis, diagnosis_news
from storage import project as projects
from storage.database import Connection
from storage.diagnosis import Run
from storage.outbox import Row

#: When to look again whether the leaders have been told.
TRY_AGAIN = timedelta(hours=4)


def to_leader(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """The private message. Nothing for somebody who no longer leads, or once it has changed again."""
    project, runs = _read(conn, row)
    user = str(row.ref.get("user", ""))
    if project is None or user not in timing.leaders(project) or not runs:
        return None
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    if (wait := sending.not_now(person, project, parts.clock.now())) is not None:
        return wait
    w = words(people.language(person, project))
    picture = draw(conn, parts=parts, project=project, now=parts.clock.now())
    return message(*_said(w, picture, runs), _open(w, project))


def to_team(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """The channel's version: a working day after the last leader has in fact been told."""
    project, runs = _read(conn, row)
    if project is None or not runs:
        return None
    if (wait := _waits(conn, row, project, parts.clock.now())) is not None:
        return wait
    w = words(project.language)
    picture = draw(conn, parts=parts, project=project, now=parts.clock.now())
    rows = [*_said(w, picture, runs), blocks.section(lines.families(w, picture)), _open(w, project)]
    return message(*rows, blocks.context(w.of(picture.model.message["foot"])))


def _read(conn: Connection, row: Row) -> tuple[Project | None, list[Run]]:
    """The project, and its runs down to the one that changed the verdict; none when a later run has
    changed it again."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    number = int(row.ref.get("run", 0))
    if project is None:
        return None, []
    runs = diagnosis.history(conn, workspace=row.workspace, project_id=project.id)
    at = next((n for n, run in enumerate(runs) if run.number == number), None)
    if at is None or any(run.verdict != runs[at].verdict for run in runs[:at]):
        return project, []
    return project, runs[at : at + 2]


def _waits(conn: Connection, row: Row, project: Project, now: datetime) -> Defer | None:
    """Until every leader has had the message for a working day; one whose message was given up does not
    hold up the others."""
    keys = [f"verdict_changed:{project.id}:{row.ref.get('run')}:{user}" for user in timing.leaders(project)]
    states = diagnosis_news.outcomes(conn, workspace=project.workspace, keys=keys)
    if any(state in ("ready", "ambiguous") for state, _ in states.values()):
        return Defer(until=now + TRY_AGAIN)
    sent = [at for state, at in states.values() if state == "sent" and at is not None]
    free = max((timing.team_at(project, (), at) for at in sent), default=now)
    return Defer(until=free) if free > now else None


def _said(w: Wording, picture: Picture, runs: list[Run]) -> list[Json]:
    """Before, now, why, what it changes."""
    model, now = picture.model, runs[0]
    before: Verdict = runs[1].verdict if len(runs) > 1 else timing.AT_FIRST
    head = w.md(
        "*{project}*: the verdict has changed. Before: {before}. Now: *{now}*.",
        project=picture.project.name, before=model.labels[before], now=model.labels[now.verdict],
    )  # fmt: skip
    return [blocks.section(head), *_why(w, picture), blocks.section(CHANGES[now.verdict](w))]


def _why(w: Wording, picture: Picture) -> list[Json]:
    said = lines.texts(w, picture)
    if picture.found.verdict == "GO_CONDITIONS":
        n = len(picture.found.conditions)
        said.append(w.plural_md("One condition is to be met.", "{n} conditions are to be met.", n))
    if picture.found.verdict in ("GO", "GO_CONDITIONS"):
        said.append(w.md("Readiness {score}/100.", score=figures.whole(picture.found.readiness)))
    return [blocks.section(Mrkdwn("\n").join(said))] if said else []


#: What a verdict changes, by its code.
CHANGES: Mapping[Verdict, Callable[[Wording], str]] = {
    "GO": lambda w: w("What it changes: the choice phase can start."),
    "GO_CONDITIONS": lambda w: w(
        "What it changes: the choice phase can start once each condition is met. Each has an owner and a "
        "date."
    ),
    "NO_GO": lambda w: w("What it changes: scoping goes on, the choice phase waits."),
    "INSUFFICIENT": lambda w: w("What it changes: nothing is concluded until more answers are in."),
}


def _open(w: Wording, project: Project) -> Json:
    return blocks.actions(elements.button(w("Open the diagnosis"), "diag.open", value=project.id))


def team_card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """[Post to the team]: the team's version, in the channel and its language."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    if project is None:
        return None
    picture = draw(conn, parts=parts, project=project, now=parts.clock.now())
    reader = Reader(roles=frozenset({"team"}))
    return message(
        *card(words(project.language), picture, reader, drawn=True), _open(words(project.language), project)
    )


def asked_card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """[Send me this with the chart]: the whole card, as a private message to whoever asked."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    user = str(row.ref.get("user", ""))
    reader = Reader(roles=project.cast.roles_of(user)) if project else None
    if project is None or reader is None or not reader.full:
        return None
    person = people.several(conn, workspace=row.workspace, users=(user,))[user]
    picture = draw(conn, parts=parts, project=project, now=parts.clock.now())
    return message(*card(words(people.language(person, project)), picture, reader, user=user, drawn=True))


MESSAGES = {
    "verdict_changed": to_leader,
    "verdict_team": to_team,
    "diagnosis_card": asked_card,
    "diagnosis_team": team_card,
}
