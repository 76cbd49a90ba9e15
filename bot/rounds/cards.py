"""Cards in the project channel: each dialogue, and the closing line; and what every card starts from.

Counts only, and none where so few people are expected that a count would tell who is late: nobody
is shown to have answered or not (journeys 1, rule 12). Renders from the data of now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot import asker
from bot.diagnosis import alignment
from bot.dialogue.labels import roles
from bot.hub import confrontation
from bot.hub.counts import came_of, closed_words, counted, coverage, open_words
from bot.outbound.render import Message
from bot.parts import Parts
from bot.request import Json
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording, words
from flows import cadence
from flows.alignment import PART
from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Flow
from flows.project import Project, Role
from flows.words import Words
from storage import dialogue as dialogues
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row

#: Roles that are not of the team (0.2); the sponsor is of "the team and the sponsor".
OUTSIDE_TEAM: tuple[Role, ...] = ("arbiter", "facilitator", "expert", "coach", "users", "owners")
DECISIONS: tuple[RecordKind, ...] = ("decision",)

PHASES: dict[str, Words] = {
    "P0": Words(en="Set-up", fr="Mise en place"),
    "P1": Words(en="Scoping", fr="Cadrage"),
    "P2": Words(en="Choice", fr="Choix"),
    "P3": Words(en="Build", fr="Mise en œuvre"),
    "P4": Words(en="Launch", fr="Lancement"),
    "P5": Words(en="Settling in", fr="Appropriation"),
    "P6": Words(en="Everyday use", fr="Vie courante"),
}
ROLES: dict[Role, Words] = {
    "sponsor": Words(en="Sponsor", fr="Sponsor"),
    "arbiter": Words(en="Arbiter", fr="Arbitre"),
    "lead": Words(en="Project lead", fr="Pilote du projet"),
    "facilitator": Words(en="Facilitator", fr="Animateur"),
    "expert": Words(en="External expert", fr="Expert externe"),
    "coach": Words(en="Neutral coach", fr="Accompagnateur neutre"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What every card in the channel starts from."""

    project: Project
    w: Wording  # the project's language
    names: dict[str, str]


def shown(conn: Connection, row: Row) -> Shown | None:
    """The project a queued row is about; None when it is gone."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    if project is None:
        return None
    return Shown(project=project, w=words(project.language), names=asker.named(conn, project=project))


def dialogue_card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """Title, what it is for, how many have answered, until when."""
    found = shown(conn, row)
    run = dialogues.run(conn, workspace=row.workspace, id=str(row.ref.get("run", "")))
    flow = parts.playbook.flows.get(run.flow) if run else None
    if found is None or run is None or flow is None:
        return None
    w = found.w
    if run.status == "closed":
        state, ways = closed_words(w, run, counted(conn, run)), _what_came_out(w, flow, run)
    else:
        state, ways = open_words(w, flow, run, counted(conn, run)), [_answer(w, flow, run)]
    return message(
        blocks.section(bold(w.of(flow.title))),
        blocks.context(state),
        blocks.context(w.md("For: {people}.", people=roles(w, audience(flow)))),
        blocks.actions(*ways),
    )


def closing_line(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """One line once a dialogue has closed."""
    found = shown(conn, row)
    run = dialogues.run(conn, workspace=row.workspace, id=str(row.ref.get("run", "")))
    flow = parts.playbook.flows.get(run.flow) if run else None
    if found is None or run is None or flow is None:
        return None
    w = found.w
    state = w.listed([coverage(w, counted(conn, run)), *came_of(conn, w, run, flow)])
    said = w.md("{title} closed: {state}. Thank you.", title=bold(w.of(flow.title)), state=state)
    ways = _what_came_out(w, flow, run)
    if flow.id == alignment.FLOW and PART in run.parts:
        ways.append(alignment.way(w, run.id))  # refuses politely whoever does not facilitate
    return message(blocks.section(said), blocks.actions(*ways))


def audience(flow: Flow) -> list[Role]:
    """The roles a dialogue is for: its own, then those who are asked only some of it."""
    found = list(flow.audience.roles)
    for question in flow.questions:
        found += [role for role in question.audience.roles if role not in found and not within(role, found)]
    return found


def within(role: Role, roles: Iterable[Role]) -> bool:
    """Whoever holds `role` is among `roles` already."""
    wider: tuple[Role, ...] = ("team_all",) if role in ("sponsor", "team") else ("team", "team_all")
    return role not in OUTSIDE_TEAM and not set(wider).isdisjoint(roles)


def people_by_role(w: Wording, project: Project, names: dict[str, str]) -> Iterable[Mrkdwn]:
    """One line a role, then the team. Names, never mentions: nobody has to act."""
    for role, label in ROLES.items():
        holder = project.cast.holder(role)
        if holder:
            yield w.md("*{role}*: {name}", role=label, name=names.get(holder, holder))
    team = [names.get(user, user) for user in project.cast.people("team")]
    if team:
        yield w.md("*Team*: {names}", names=w.listed(team))


def message(*rows: Json) -> Message:
    """A message whose text says all its blocks in reading order (journeys 8.1)."""
    return Message(text=blocks.said(rows), blocks=tuple(blocks.steady(rows)))


def local(moment: datetime, project: Project) -> datetime:
    """A moment in the project's zone."""
    return moment.astimezone(cadence.zone(project.zone))


def _answer(w: Wording, flow: Flow, run: dialogues.Run) -> Json:
    return elements.button(
        w("Answer"), "dialogue.open", value=run.id, label=w("Answer {title}", title=flow.title)
    )


def _what_came_out(w: Wording, flow: Flow, run: dialogues.Run) -> list[Json]:
    see = w("See what came out")
    label = w("{what}: {question}", what=see, question=flow.title)
    results = elements.button(see, "results.open", value=run.id, label=label)
    return [results, *confrontation.ways(w, flow, run.id)]


MESSAGES = {
    "dialogue_card": dialogue_card,
    "closing_line": closing_line,
}
