"""What of a project may leave the house (0.6, 7.1): the facts of a document for vendors, and nothing else.

By what is let through, never by what is held back: kinds of record with named fields, questions by their id.
No owner, no score, no verdict, no group figure is among them; names become roles (flows/document/sweep.py).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Answer, Question
from flows.document.facts import NoteFacts
from flows.document.missing import question
from flows.document.outgoing import Choice, Outgoing
from flows.document.sweep import Sweep
from flows.playbook.model import Playbook
from flows.register.model import Kept
from flows.words import Words

#: The tick of a goal or a risk that vendors may read.
TICK = "shareable"
TICKED: tuple[RecordKind, ...] = ("stake", "risk")
#: What of each kind of record may leave. Kinds that are not here never do.
FIELDS: Mapping[RecordKind, frozenset[str]] = {
    "stake": frozenset({"statement", "indicator", "target", "level"}),
    "risk": frozenset(),
    "lot": frozenset({"benefit", "groups", "start", "end", "entry", "exit"}),
    "need": frozenset({"why", "function", "priority"}),
    "gap": frozenset({"area", "target", "severity"}),
    "exclusion": frozenset(),
    "domain": frozenset({
        "domain", "source", "quality", "duplicates", "move", "data", "use", "horizon", "future",
    }),
    "interface": frozenset({"system", "direction", "data", "frequency", "critical", "api", "fate"}),
    "vendor": frozenset({"scenarios"}),
    "assumption": frozenset({"importance", "evidence"}),
    "issue": frozenset({"family"}),
}  # fmt: skip
#: Kinds of which the day may be read.
DATED: tuple[RecordKind, ...] = ("stake", "lot")
#: The questions whose answers may leave.
QUESTIONS = frozenset({
    "SET04", "SET06", "OBJ01", "ANX09", "CHG01", "CHG02", "DAT02", "DAT07", "NEE11", "NEE12", "NEE13",
    "NEE14", "NEE15", "NEE17", "VEN02", "RTE03a", "RTE07",
})  # fmt: skip
#: Cells of a table of answers that may leave, by question: no other table does.
CELLS: Mapping[str, frozenset[str]] = {"CHG01": frozenset({"group", "topic"})}
#: Kinds in which a vendor's name is that of a system we have; elsewhere no vendor reads the name of another.
SYSTEMS: tuple[RecordKind, ...] = ("interface", "domain")
#: Where a record may come from, besides a question whose dialogue may leave: these workshops.
PLACES = re.compile(r"W(01|02|03|05|06|07|08|09|10|12)\.")
#: Marks a point that a session with one vendor raised: it is nothing for another to read.
SESSION = "session"
#: Dialogues of which nothing leaves, and single questions (7.1).
NEVER = frozenset({"D03", "D06", "D07", "D08"})
NEVER_ASKED = frozenset({"CHG08", "CHG09", "CHG12", "RTE06", "ANX03", "ANX08", "SET17", "SET21"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What may leave. `taken`: how often a name or an address was taken out of what people had typed."""

    facts: NoteFacts
    taken: int


def ticked(record: Kept) -> bool:
    """Whether vendors may read this goal or risk."""
    return record.fields.get(TICK) == "yes"


def outside(playbook: Playbook, facts: NoteFacts) -> Outside:
    """The facts as a document for vendors may know them."""
    sweep = Sweep(facts, _codes(playbook))
    project = replace(facts.project, name=sweep.text(facts.project.name))
    kept = tuple(_record(sweep, one) for one in facts.records if may_leave(playbook, one))
    answers = {
        id: tuple((who, _answer(sweep, known, given)) for who, given in rows)
        for id, rows in facts.answers.items()
        if (known := question(playbook, base(id))) is not None and known.id in QUESTIONS
    }
    found = NoteFacts(
        project=project, names={}, records=kept, answers=answers, expected=facts.expected,
        dialogues=facts.dialogues, stands=facts.stands, today=facts.today, version=facts.version,
        signed=facts.signed, author=facts.author, outgoing=_typed(sweep, facts.outgoing),
    )  # fmt: skip
    return Outside(facts=found, taken=sweep.taken)


def _codes(playbook: Playbook) -> frozenset[str]:
    """Every choice that the playbook offers, as it is kept."""
    asked = [one for flow in playbook.flows.values() for one in flow.questions]
    offered = [options for one in asked for options in (one.options, *(of.options for of in one.columns))]
    return frozenset(option.value for options in offered for option in options)


def base(id: str) -> str:
    """The question of a case: "VEN02" of "VEN02@VND-1"."""
    return id.partition("@")[0]


def may_leave(playbook: Playbook, record: Kept) -> bool:
    """Whether anything of this record may be read outside."""
    if record.kind not in FIELDS or record.restricted or record.seen_by:
        return False
    if record.kind in TICKED and not ticked(record):
        return False
    if record.kind == "issue" and SESSION in record.fields:
        return False
    asked = base(record.source)
    flow = next((flow.id for flow in playbook.flows.values() if flow.question(asked)), "")
    if asked in NEVER_ASKED or flow in NEVER:
        return False
    return not record.source or bool(flow) or bool(PLACES.match(record.source))


def _record(sweep: Sweep, record: Kept) -> Kept:
    """A record without an owner, with the fields of its kind that may leave. Of a session with a vendor not
    even whose it is."""
    wanted, rivals = FIELDS[record.kind], record.kind not in SYSTEMS
    fields = {key: sweep.value(value, rivals=rivals) for key, value in record.fields.items() if key in wanted}
    title = Words("", "") if record.kind == "vendor" else sweep.words(record.title, rivals=rivals)
    due = record.due if record.kind in DATED else None
    return replace(record, title=title, owner=None, due=due, fields=fields, respondent="")


def _answer(sweep: Sweep, asked: Question, answer: Answer) -> Answer:
    """An answer without whoever gave it."""
    value = answer.value
    if asked.kind == "rows" and isinstance(value, list):
        cells = CELLS.get(asked.id, frozenset())
        value = [{key: cell for key, cell in row.items() if key in cells} for row in value]
    return replace(answer, value=sweep.value(value), author="")


def _typed(sweep: Sweep, outgoing: Outgoing) -> Outgoing:
    """What was typed for vendors: names only, for an address of the company is meant to be there."""

    def kept(text: str) -> str:
        return sweep.text(text, addresses=False)

    made, texts = outgoing.prototype, outgoing.texts
    return replace(
        outgoing,
        texts=replace(texts, company=_each(texts.company, kept), security=_each(texts.security, kept)),
        dates=replace(outgoing.dates, channel=kept(outgoing.dates.channel)),
        prototype=replace(
            made, question=kept(made.question), data=kept(made.data), price=kept(made.price),
            criteria=tuple(map(kept, made.criteria)), ownership=kept(made.ownership),
        ),
        choice=Choice(),
    )  # fmt: skip


def _each(words: Words | None, change: Callable[[str], str]) -> Words | None:
    return None if words is None else Words(change(words.en), change(words.fr))
