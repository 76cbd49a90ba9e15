"""What a step starts from, on its card: answers side by side, planned and lived, a group picture, the agenda.

The card is read by the whole channel, so it only leads there: each page is opened by those who may read it,
and answers only once their dialogue or wave has closed (0.6). What was written for the vendor stands on it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.grids import asked
from bot.hub import confrontation
from bot.parts import Parts
from bot.request import Json
from bot.rounds import agenda
from bot.signoff import steps
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, quote
from bot.words.text import Wording
from bot.workshops.outcomes import conditions, since
from flows.project import Project
from flows.workshop.model import Workshop
from storage import arbitration, register
from storage import dialogue as dialogues
from storage import review as reviews
from storage import wave as waves
from storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Which step of which workshop, and how to speak to its channel."""

    conn: Connection
    parts: Parts
    project: Project
    workshop: Workshop
    w: Wording

    @property
    def here(self) -> dict[str, str]:
        """Which project, for storage."""
        return {"workspace": self.project.workspace, "project_id": self.project.id}

    def closed(self, flow: str) -> dialogues.Run | None:
        """The latest run of a dialogue that has closed."""
        runs = dialogues.runs(self.conn, **self.here)
        return next((one for one in reversed(runs) if one.flow == flow and one.status == "closed"), None)

    def said(self, flow: str, question: str) -> object:
        """The one answer of a form in the latest run of its dialogue; None where there is none."""
        runs = [one for one in dialogues.runs(self.conn, **self.here) if one.flow == flow]
        if not runs:
            return None
        given = dialogues.answers(self.conn, workspace=self.project.workspace, dialogue_id=runs[-1].id)
        return next((answer.value for _, answer in given.get(question, ()) if answer.given), None)


def rows(table: Table, step: int) -> list[Json]:
    """The blocks above what people are asked; none where there is nothing to show."""
    make = SHOWN.get(f"{table.workshop.script}.{step}")
    found = make(table) if make is not None else []
    return [*found, *(_points(table) if step == 1 else [])]


def _answers(flow: str) -> Callable[[Table], list[Json]]:
    """What came out of a dialogue: distributions, then reasons, as its page shows them."""

    def shown(table: Table) -> list[Json]:
        run, w = table.closed(flow), table.w
        if run is None:
            return []
        button = elements.button(w("See the answers side by side"), "results.open", value=run.id)
        return [blocks.actions(button)]

    return shown


def _sides(table: Table) -> list[Json]:
    """Planned and lived, by area and step (D04)."""
    run = table.closed("D04")
    flow = table.parts.playbook.flows.get("D04")
    ways = confrontation.ways(table.w, flow, run.id) if run is not None and flow is not None else []
    return [blocks.actions(*ways)] if ways else []


def _picture(what: str) -> Callable[[Table], list[Json]]:
    """The group picture of a wave that was kept; without one the workshop goes on without it (2.1)."""

    def shown(table: Table) -> list[Json]:
        w = table.w
        every = waves.of_project(table.conn, **table.here)
        kept = [one for one in every if one.what == what and one.outcome == "kept"]
        if not kept:
            return [
                blocks.context(w("There is no group picture: too few have answered to protect everyone."))
            ]
        return [
            blocks.actions(elements.button(w("See the group picture"), "wave.results", value=kept[-1].id))
        ]

    return shown


def _sent_before(table: Table) -> list[Json]:
    """What the anonymous question has brought: it lies on the table too, once the step closes (W07)."""
    every = waves.of_project(table.conn, **table.here)
    kept = [one for one in every if one.what == "D12" and one.outcome == "kept"]
    if not kept:
        return []
    return [
        blocks.actions(
            elements.button(table.w("See what was sent before"), "wave.results", value=kept[-1].id)
        )
    ]


def _card(table: Table) -> list[Json]:
    """The leader card of the profile that steers: a profile, never a person (W01)."""
    flow = table.parts.playbook.flows.get("D01")
    question = flow.question("SET08") if flow is not None else None
    if question is None:
        return []
    chosen = table.said("D01", "SET08")
    card = next((one for one in question.cards if one.value == chosen), None)
    if card is None:
        return []
    w = table.w
    said = [
        w.md("*Strengths:* {what}", what=card.strength),
        w.md("*Blind spots:* {what}", what=card.blind),
        w.md("*Counterweights:* {what}", what=card.guard),
    ]
    return [blocks.section(Mrkdwn("\n").join(said))]


def _scenarios(table: Table) -> list[Json]:
    """Our own scenarios for this session (VEN01), and the ties that were declared (VEN08)."""
    session = (
        register.get(table.conn, **table.here, ref=table.workshop.about) if table.workshop.about else None
    )
    if session is None:
        return []
    w = table.w
    found = [blocks.section(w.md("*{what}*", what=session.title))]
    if scenarios := str(session.fields.get("scenarios") or "").strip():
        found.append(blocks.section(Mrkdwn("\n").join([w.md("*Our scenarios*"), quote(scenarios)])))
    return found


def _questions(table: Table) -> list[Json]:
    """What people want to ask this vendor (VEN02), unsigned."""
    w, found = table.w, asked.questions(table.conn, table.parts, table.project).get(table.workshop.about, ())
    if not found:
        return []
    return [blocks.section(Mrkdwn("\n").join([w.md("*Our questions*"), asked.lines(w, found)]))]


def _agenda(table: Table) -> list[Json]:
    """Our scenarios and our questions."""
    return [*_scenarios(table), *_questions(table)]


def _text(table: Table) -> list[Json]:
    """The version to read once more (W10)."""
    return steps.text(table.conn, table.w, table.project)


def _readings(table: Table) -> list[Json]:
    """How alike the note is read (W10)."""
    return steps.readings(table.conn, table.w, table.project)


def _remarks(table: Table) -> list[Json]:
    """The remarks on the version (W10)."""
    return steps.remarks(table.conn, table.w, table.project)


def _ties(table: Table) -> list[Json]:
    """Ties with the vendor that were declared, once the vendor has left: a tie is not a fault."""
    about = table.workshop.about
    said = table.said("D14", f"VEN08a@{about}") if table.said("D14", f"VEN08@{about}") == "yes" else None
    return [blocks.context(table.w.md("A tie has been declared: {what}", what=str(said)))] if said else []


def _conditions(table: Table) -> list[Json]:
    """The conditions without a yes or a no, and the sponsor's form for them (W04)."""
    w = table.w
    found = conditions.waiting(table.conn, table.project)
    if not found:
        return [blocks.context(w("Every condition has its answer."))]
    lines = [w.md("{ref} {title}", ref=one.ref, title=one.title) for one in found[: conditions.MOST]]
    way = elements.button(w("Answer as sponsor"), conditions.OPEN, value=table.project.id, style="primary")
    return [blocks.section(Mrkdwn("\n").join(lines)), blocks.actions(way)]


def _pairs(table: Table) -> list[Json]:
    """The pairs that wait for the arbiter (W08): each is decided in its case, by whoever settles it."""
    w = table.w
    found = [one for one in arbitration.pending(table.conn, **table.here) if one.pair]
    if not found:
        return [blocks.section(w("No pair waits for a decision."))]
    return [
        blocks.section(
            w.md("*{ref}* {title}", ref=one.ref, title=one.title),
            accessory=elements.button(
                w("Decide"),
                f"arbitration.decide:{one.number}",
                value=one.id,
                label=w("{what}: {ref}", what=w("Decide"), ref=one.ref),
            ),
        )
        for one in found
    ]


def _signing(table: Table) -> list[Json]:
    """The arbiter confirms the route, in the form of the route (RTE08); the sponsor signs the version that is
    in review (RTE13). One place for each: a card that is pressed twice decides once."""
    w, project = table.w, table.project
    route = elements.button(w("Route: the facts, and the decision"), "route.open", value=project.id)
    found = reviews.latest(table.conn, **table.here)
    if found is None:
        said = blocks.context(w("No version of the note has been sent for review: nobody can sign one yet."))
        return [
            blocks.actions(route, elements.button(w("Send for review"), "review.open", value=project.id)),
            said,
        ]
    value = f"{project.id}:{found.version}"
    sign = elements.button(
        w("Sign version {n}", n=found.version), "review.sign", value=value, style="primary"
    )
    return [blocks.actions(route, sign)]


def _wins(table: Table) -> list[Json]:
    """The small steps of the month (W12)."""
    button = elements.button(table.w("See the small steps"), "win.list", value=table.project.id)
    return [blocks.actions(button)]


def _since(table: Table) -> list[Json]:
    """What has changed since the last review (W12)."""
    return since.rows(
        table.conn, parts=table.parts, w=table.w, workshop=table.workshop, zone=table.project.zone,
        now=table.parts.clock.now(),
    )  # fmt: skip


def _points(table: Table) -> list[Json]:
    """What waits for a workshop: it belongs to this one, the next that is held (3.4)."""
    w = table.w
    n = len(agenda.points(table.conn, table.project))
    if not n:
        return []
    said = w.plural_md("On its agenda: *{n} point to agree on*", "On its agenda: *{n} points to agree on*", n)
    way = elements.button(w("See the agenda"), agenda.OPEN, value=f"{table.project.id}:0")
    return [blocks.section(said, accessory=way)]


#: By script and step.
SHOWN: Mapping[str, Callable[[Table], list[Json]]] = {
    "W01.2": _card,
    "W02.1": _answers("D02"),
    "W03.1": _sides,
    "W03.2": _sides,
    "W04.2": _picture("D07"),
    "W04.5": _conditions,
    "W07.2": _sent_before,
    "W08.1": _answers("D13"),
    "W08.4": _pairs,
    "W09.1": _agenda,
    "W09.2": _scenarios,
    "W09.3": _questions,
    "W09.6": _ties,
    "W10.1": _text,
    "W10.3": _readings,
    "W10.4": _remarks,
    "W10.6": _signing,
    "W11.1": _picture("D06"),
    "W12.1": _wins,
    "W12.4": _since,
}
