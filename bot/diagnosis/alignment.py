"""How the note is read (RTE12, W10): the facilitator rates each reading, unsigned; three counts are kept.

The readings are shown to the facilitator alone, shuffled each time, once all have written or D15 has closed:
read one by one as they come in, each would be its author's. What reading got which rating is kept nowhere.
"""

from collections.abc import Sequence
from hashlib import sha256
from random import SystemRandom
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Allow, Deny
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.words import blocks, elements
from bot.words.text import Wording
from flows.alignment import NAMES, RATINGS, counted, rated, share
from flows.diagnosis.evidence import Alignment
from flows.dialogue.effects import RecordKind
from flows.register.model import Kept
from storage import alignment, register
from storage import dialogue as dialogues
from storage.alignment import Readings
from storage.database import Connection
from storage.dialogue import Run

OPEN, CALLBACK = "alignment.open", "alignment"
FLOW = "D15"
#: Readings on one form, of the hundred blocks it may have.
MOST = 90
#: What the readings are held against: goals (N03) and lots (N18); of each this many by name.
AGAINST: tuple[RecordKind, ...] = ("stake", "lot")
NAMED = 6


def way(w: Wording, run_id: str) -> Json:
    """The button that leads here, for the facilitator."""
    return elements.button(w("Rate the readings"), OPEN, value=run_id)


def lines(conn: Connection, parts: Parts, who: Asker) -> list[Json]:
    """For the facilitator's Home: how many have put the note into their words, and what came of it."""
    run = _latest(conn, who) if who.may("alignment.rate") == Allow() else None
    found = _readings(conn, parts, who, run) if run is not None else None
    if run is None or found is None:
        return []
    w, counts = who.w, alignment.of(conn, workspace=run.workspace, dialogue_id=run.id)
    said = result(w, counts) if counts is not None and rated(counts) else _written(w, found)
    return [blocks.section(said, accessory=way(w, run.id) if found.texts else None)]


def result(w: Wording, counts: Alignment) -> str:
    """ "How the note is read: 75 % aligned (5 the same, 2 partly, 1 otherwise)." """
    return w(
        "How the note is read: {share} aligned ({aligned} the same, {partly} partly, {other} otherwise).",
        share=w.percent(int((share(counts) or 0.0) + 0.5)),
        aligned=counts.aligned, partly=counts.partly, other=counts.different,
    )  # fmt: skip


def _written(w: Wording, found: Readings) -> str:
    if found.texts:
        return w.plural(
            "How the note is read: {n} reading waits for your rating.",
            "How the note is read: {n} readings wait for your rating.",
            found.written,
        )
    return w(
        "How the note is read: {n} of {total} readings are in. You can rate them once all are, or once the "
        "dialogue has closed, so that none can be told to be somebody’s.",
        n=found.written, total=found.expected,
    )  # fmt: skip


async def open_form(request: Request, parts: Parts) -> Reply:
    """[Rate the readings]."""
    who, run = await _asked(request, parts, answer.chosen(request))
    if run is None:
        return answer.tell(request, parts, who.w, _refusal(who))

    async def build() -> Json:
        return await parts.db.read(_form, parts=parts, who=who, run=run)

    return answer.show(request, parts, who.w, who.w("How the note is read"), build)


async def taken(request: Request, parts: Parts) -> Reply:
    """[Keep the three counts]. What has been written or changed meanwhile is shown first."""
    held = forms.held(answer.metadata(request))
    who, run = await _asked(request, parts, held.get("run", ""))
    if run is None:
        return answer.tell(request, parts, who.w, _refusal(who))
    found = await parts.db.read(_readings, parts=parts, who=who, run=run)
    if found is None or _seen(found) != held.get("seen"):
        view = await parts.db.read(_form, parts=parts, who=who, run=run, again=True)
        return Reply(ack={"response_action": "update", "view": view})
    ratings = [_rating(request, n) for n in range(1, len(found.texts[:MOST]) + 1)]
    if missing := [n for n, rating in enumerate(ratings, start=1) if rating not in RATINGS]:
        errors = {_block(n): who.w("Choose one of the three.") for n in missing}
        return Reply(ack={"response_action": "errors", "errors": errors})
    counts = counted(ratings)
    await parts.db.run(_keep, parts=parts, who=who, run=run, counts=counts)
    parts.wake()
    kept = who.w("Only these three counts are kept, and no reading with its rating.")
    return answer.tell(request, parts, who.w, f"{result(who.w, counts)} {kept}")


async def _asked(request: Request, parts: Parts, run_id: str) -> tuple[Asker, Run | None]:
    """Who asks, and the run of D15 that they may rate."""
    run = await parts.db.read(dialogues.run, workspace=request.workspace, id=run_id or "-")
    who = await asker.asker(request, parts, project_id=run.project_id if run else "-")
    here = run is not None and run.flow == FLOW and who.may("alignment.rate") == Allow()
    return who, run if here else None


def _refusal(who: Asker) -> str:
    refused = who.may("alignment.rate")
    return who.refusal(refused if isinstance(refused, Deny) else Deny(words=NOTHING_THERE))


def _form(conn: Connection, *, parts: Parts, who: Asker, run: Run, again: bool = False) -> Json:
    """The readings side by side, each with its rating; or why they cannot be read yet. `again`: something
    has come in since the form was opened."""
    w, title = who.w, who.w("How the note is read")
    found = _readings(conn, parts, who, run)
    if found is None or not found.texts:
        said = _written(w, found) if found is not None else w("Nobody has been asked for their reading yet.")
        return answer.page(w, title, [blocks.section(said)])
    head = w(
        "What each person understands, unsigned and in no order. Hold each against the goals (N03) and the "
        "lots (N18) of the note. Only the three counts are kept."
    )
    changed = w(
        "A reading has been written or changed meanwhile: nothing is kept yet, please rate once more."
    )
    return blocks.modal(
        title,
        [
            *([blocks.alert(changed)] if again else []),
            blocks.section(head),
            *_against(conn, who),
            *_fields(w, found),
        ],
        callback_id=CALLBACK,
        submit=w("Keep the counts"),
        close=w("Not yet"),
        metadata=forms.packed(run=run.id, seen=_seen(found)),
    )


def _fields(w: Wording, found: Readings) -> list[Json]:
    texts = list(found.texts[:MOST])
    SystemRandom().shuffle(texts)
    options = [elements.option(w.of(NAMES[rating]), rating) for rating in RATINGS]
    return [
        blocks.field(f"{n}. {text}", elements.radio(_block(n), options), block_id=_block(n))
        for n, text in enumerate(texts, start=1)
    ]


def _against(conn: Connection, who: Asker) -> list[Json]:
    """What the note names as goals and lots, by title."""
    w, project = who.w, who.here
    kept = register.records(conn, workspace=project.workspace, project_id=project.id, kinds=AGAINST)
    goals, lots = ([one for one in kept if one.kind == kind] for kind in AGAINST)
    return [
        blocks.context(w("Goals: {list}", list=_named(w, goals)), w("Lots: {list}", list=_named(w, lots)))
    ]


def _named(w: Wording, kept: Sequence[Kept]) -> str:
    more = [w("and more")] if len(kept) > NAMED else []
    return w.listed([*(w.of(one.title) for one in kept[:NAMED]), *more]) or w("none yet")


def _readings(conn: Connection, parts: Parts, who: Asker, run: Run) -> Readings | None:
    return alignment.readings(conn, run=run, flow=parts.playbook.flows[FLOW], project=who.here)


def _latest(conn: Connection, who: Asker) -> Run | None:
    runs = dialogues.runs(conn, workspace=who.here.workspace, project_id=who.here.id)
    return next((run for run in reversed(runs) if run.flow == FLOW), None)


def _seen(found: Readings) -> str:
    """A mark of these very readings, which tells nothing of them."""
    return sha256("\0".join(found.texts).encode()).hexdigest()[:16]


def _block(n: int) -> str:
    return f"reading:{n}"


def _rating(request: Request, n: int) -> str:
    chosen = answer.state(request, _block(n), _block(n)).get("selected_option")
    return str(chosen.get("value")) if isinstance(chosen, dict) else ""


def _keep(conn: Connection, *, parts: Parts, who: Asker, run: Run, counts: Alignment) -> None:
    now = parts.clock.now()
    alignment.keep(conn, run=run, counts=counts, now=now)
    announce.homes(conn, project=who.here, users=(), now=now)


ACTIONS: dict[str, Any] = {OPEN: open_form}
VIEWS: dict[str, Any] = {CALLBACK: taken}
