# ruff: noqa: PLR0913 - who does what in which workshop, when
"""What people put on the table: ideas, lines, notes, a decision, a point for later; by a private form."""

from collections.abc import Mapping
from typing import Any

from bot import answer, forms
from bot.asker import wording
from bot.dialogue.typed import typed
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.text import N_, Wording, words
from bot.workshops import contribution, deeds, lines, refusals
from bot.workshops.scene import Scene, scene
from bot.workshops.taking_part import figure
from flows.workshop import events as happened
from flows.workshop.giving import may_give
from flows.workshop.model import Card, CardKind, State, Workshop
from flows.workshop.pairs import partners
from flows.workshop.turn import Refusal
from storage import register
from storage.database import Connection
from storage.workshop import fresh_id

GIVEN = "workshop.given"

KINDS: tuple[CardKind, ...] = ("idea", "note", "row", "to_three", "decision", "parked", "pleased")
LABELS: Mapping[CardKind, str] = {
    "idea": N_("One idea a line"), "note": N_("In your words (shown unsigned)"), "row": N_("A line"),
    "to_three": N_("What would bring you to 3?"), "decision": N_("The decision"),
    "parked": N_("The point to keep for later"), "pleased": N_("What are we pleased with?"),
}  # fmt: skip
#: What stands above a form that is not about the step.
OPENING: Mapping[CardKind, str] = {
    "parked": N_("It becomes an open point of the project; the workshop goes on."),
    "pleased": N_("It is proposed as a small win of the team."),
}  # fmt: skip
#: Where nothing can be put in, whatever it is.
STOPPED: Mapping[State, Refusal] = {"paused": "paused", "ended": "over", "cancelled": "over"}
MOST_IDEAS = 8  # of one form
SIGN, CHOICE, REASON = "sign", "choice", "reason"


async def give(request: Request, parts: Parts) -> Reply:
    """[Write], [Propose a line], [Park a point] …: the form of what can be put in."""
    w = await wording(request, parts)
    id, _, rest = answer.chosen(request).partition(":")
    move, _, kind = rest.partition(":")

    async def build() -> Json:
        return await parts.db.read(
            _giving, parts=parts, request=request, w=w, id=id, move=figure(move), kind=kind
        )

    return answer.show(request, parts, w, w("Write"), build)


def _giving(
    conn: Connection, *, parts: Parts, request: Request, w: Wording, id: str, move: int, kind: str
) -> Json:
    found = scene(conn, parts, workspace=request.workspace, id=id, reader=request.user)
    if found is not None and found.workshop.state == "planned":
        return answer.page(w, w("Write"), [blocks.section(refusals.said(w, "planned"))])
    if found is None or kind not in KINDS or not found.workshop.step:
        return answer.page(w, w("Write"), [blocks.section(w.of(NOTHING_THERE))])
    workshop = found.workshop
    if move not in (0, workshop.move):
        return answer.page(w, w("Write"), [blocks.section(refusals.said(w, "moved"))])
    if refusal := STOPPED.get(workshop.state) or may_give(found.script, workshop, request.user, kind):
        return answer.page(w, w("Write"), _not_now(found, refusal))
    step = found.script.step(workshop.step)
    rows = [blocks.section(w(OPENING[kind]) if kind in OPENING else w.of(step.words))]
    if others := partners(workshop.pairs, request.user):
        names = w.listed([found.name(user) for user in others])
        rows.append(blocks.context(w("You write with {names}: one of you sends it for both.", names=names)))
    if kind == "decision":
        rows += _deciding(w)
    elif kind in ("row", "idea", "note") and lines.columns(parts.playbook, _place(found)):
        listed = register.records(conn, workspace=workshop.workspace, project_id=workshop.project_id)
        kept = {one.ref: one for one in listed}
        rows += lines.fields(w, parts.playbook, _place(found), kept)
    else:
        rows.append(_text(w, kind))
    if kind in ("idea", "note", "to_three"):
        sign = elements.checkboxes(SIGN, [elements.option(w("Show my name beside it"), SIGN)])
        rows.append(blocks.field(w("Signing is up to you"), sign, block_id=SIGN, optional=True))
    return blocks.modal(
        found.script.id, rows, callback_id=GIVEN, submit=w("Put it in"), close=w("Not now"),
        metadata=forms.packed(workshop=id, move=str(move), kind=kind),
    )  # fmt: skip


def _not_now(found: Scene, refusal: Refusal) -> list[Json]:
    """Said before anything is typed."""
    rows = [blocks.section(refusals.said(found.w, refusal))]
    if refusal == "turn":
        speaks = found.name(found.workshop.speaker)
        rows.append(blocks.context(found.w.md("*{name}* speaks now.", name=speaks)))
    return rows


def _place(found: Scene) -> str:
    return f"{found.script.id}.{found.workshop.step}"


def _text(w: Wording, kind: CardKind) -> Json:
    hint = w("At most {n} lines; each line is one idea.", n=MOST_IDEAS) if kind == "idea" else ""
    text = elements.words("text", several_lines=kind not in ("pleased", "parked"), most=1500)
    return blocks.field(w(LABELS[kind]), text, block_id="text", hint=hint)


def _deciding(w: Wording) -> list[Json]:
    options = [elements.option(w(said), key) for key, said in contribution.DECISIONS.items()]
    return [
        blocks.field(w("What do you decide?"), elements.radio(CHOICE, options), block_id=CHOICE),
        blocks.field(
            w("In your words"), elements.words("text", several_lines=True, most=1500), block_id="text",
            hint=w("What is decided, and what is given up."),
        ),
        blocks.field(
            w("Because"), elements.words(REASON, several_lines=True, most=1500), block_id=REASON,
        ),
    ]  # fmt: skip


async def given(request: Request, parts: Parts) -> Reply:
    """[Put it in]."""
    w = await wording(request, parts)
    reply: Reply = await parts.db.run(_given, parts=parts, request=request, w=w)
    parts.wake()
    return reply


def _given(conn: Connection, *, parts: Parts, request: Request, w: Wording) -> Reply:
    held = forms.held(answer.metadata(request))
    found = scene(conn, parts, workspace=request.workspace, id=held.get("workshop", ""), reader=request.user)
    kind = held.get("kind", "")
    if found is None or kind not in KINDS:
        return answer.tell(request, parts, w, w.of(NOTHING_THERE))
    cards, errors = _cards(parts, found, kind, typed(request.payload.get("view") or {}), w)
    if errors:
        return Reply(ack={"response_action": "errors", "errors": errors})
    now = parts.clock.now()
    seen = figure(held.get("move", ""))

    def make(workshop: Workshop) -> happened.Event:
        return happened.Contributed(by=request.user, at=now, card=cards[0], more=tuple(cards[1:]), seen=seen)

    made = deeds.happen(
        conn, parts=parts, workspace=request.workspace, id=found.workshop.id, make=make, now=now
    )
    if made is None or not made.taken:
        return _kept(request, refusals.said(w, made.turn.refusal if made else "nothing"))
    said = w("It is on the table, thank you.")
    if kind == "parked":
        said = w("Kept for later: it becomes an open point.")
    return answer.tell(request, parts, w, said)


def _kept(request: Request, why: str) -> Reply:
    """Refused, because it came too late: the form stays, with what was typed."""
    asked = (request.payload.get("view") or {}).get("blocks") or []
    first = next((str(one.get("block_id")) for one in asked if one.get("type") == "input"), "text")
    return Reply(ack={"response_action": "errors", "errors": {first: why}})


def _cards(
    parts: Parts, found: Scene, kind: CardKind, fields: Mapping[str, Any], w: Wording
) -> tuple[list[Card], dict[str, str]]:
    """What was put in, as cards; or what is missing, by field."""
    step = found.workshop.step
    signed = bool(fields.get(SIGN))
    if kind == "decision":
        cells = {"choice": str(fields.get(CHOICE) or "yes"), "reason": str(fields.get(REASON) or "").strip()}
        text = str(fields.get("text") or "").strip()
        return [Card(id=fresh_id(), step=step, kind=kind, text=text, fields=cells, signed=True)], {}
    place = _place(found)
    if kind in ("row", "idea", "note") and lines.columns(parts.playbook, place):
        text, cells = lines.read(words(found.project.language), parts.playbook, place, fields)
        if needed := lines.missing(parts.playbook, place, cells):
            return [], {needed: w("This one is needed.")}
        if not text and not cells:
            first = lines.columns(parts.playbook, place)[0].key
            return [], {f"{lines.CELL}:{first}": w("Fill in at least one.")}
        return [Card(id=fresh_id(), step=step, kind=kind, text=text, fields=cells, signed=signed)], {}
    text = str(fields.get("text") or fields.get(f"{lines.CELL}:text") or "").strip()
    said = [line.strip() for line in text.splitlines() if line.strip()] if kind == "idea" else [text]
    if not text or len(said) > MOST_IDEAS:
        many = w("{n} ideas at a time: send these, then add the others.", n=MOST_IDEAS)
        return [], {"text": many if text else w("Say it in a few words.")}
    return [Card(id=fresh_id(), step=step, kind=kind, text=line, signed=signed) for line in said], {}


ACTIONS: dict[str, Any] = {"workshop.give": give}
VIEWS: dict[str, Any] = {GIVEN: given}
