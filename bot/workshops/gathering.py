"""What a step's ballot is about: cards that were put in, records, questions of dialogues; by script and step.

Decides nothing; the items are fixed once voting opens. Reads records as everybody in the workshop may.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.arbitration.hearing import ARROW
from bot.parts import Parts
from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Option as Choice
from flows.dialogue.model import Question
from flows.project import Project
from flows.register.life import OVER
from flows.register.model import Kept
from flows.words import Words
from flows.workshop.ballot import Item, Option
from flows.workshop.model import Card, Workshop
from flows.workshop.script import Script, Step
from storage import register
from storage import workshop as workshops
from storage.database import Connection

MOST = 100  # items of one ballot: five pages of its form
NO_CHOICE = ("none", "undecided", "unknown")  # answers of a dialogue that a vote does not offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All that items are made from, for one step."""

    parts: Parts
    workshop: Workshop
    step: Step
    cards: tuple[Card, ...]  # readable, not merged into another
    register: Mapping[str, Kept]

    def question(self, flow: str, id: str) -> Question | None:
        """A question of content."""
        return self.parts.playbook.flows[flow].question(id) if flow in self.parts.playbook.flows else None

    def of_kind(self, *kinds: RecordKind) -> list[Kept]:
        """Live records of these kinds."""
        return [one for one in self.register.values() if one.kind in kinds and one.status not in OVER]

    def ideas(self, *steps: int) -> list[Item]:
        """The cards that were put in at these steps, one item each."""
        kinds = ("idea", "note", "row")
        return [
            Item(id=card.id, words=Words.same(card.text), group=str(card.fields.get("level") or ""))
            for card in self.cards if card.step in steps and card.kind in kinds and card.text.strip()
        ]  # fmt: skip


def items(
    conn: Connection, parts: Parts, *, workshop: Workshop, project: Project, script: Script
) -> tuple[tuple[Item, ...], int]:
    """What is voted on in the step the workshop stands at, () when there is nothing; and how many more there
    are than one ballot takes."""
    listed = register.records(conn, workspace=workshop.workspace, project_id=workshop.project_id)
    kept = {one.ref: one for one in listed}
    found = workshops.cards(conn, workshop=workshop, script=script, reader="")
    step = script.step(workshop.step)
    table = Table(
        parts=parts, workshop=workshop, step=step, register=kept,
        cards=tuple(card for card in found if not card.into),
    )  # fmt: skip
    make = ITEMS.get(f"{script.id}.{step.number}")
    every = make(table) if make is not None else _by_kind(table)
    return tuple(every[:MOST]), max(0, len(every) - MOST)


Make = Callable[[Table], list[Item]]


def _by_kind(table: Table) -> list[Item]:
    """A support vote is about its own text; anything else about what was put in before, and at this step."""
    if table.step.ballot == "fist":
        return [Item(id="i1", words=table.step.words)]
    return table.ideas(*steps(f"{table.workshop.script}.{table.step.number}"))


#: Where not all that was put in before is voted on: notes of another question are not.
STEPS: Mapping[str, tuple[int, ...]] = {"W04.4": (3, 4), "W07.4": (2, 3, 4), "W11.4": (4,), "W12.3": (2, 3)}


def steps(place: str) -> tuple[int, ...]:
    """The steps whose ideas are voted on at "W04.4"."""
    return STEPS.get(place) or tuple(range(1, int(place.partition(".")[2]) + 1))


def _records(kept: Iterable[Kept], group: str = "") -> list[Item]:
    """One item each, named as people quote them."""
    return [
        Item(
            id=one.ref.lower(),
            ref=one.ref,
            words=one.title,
            group=str(one.fields.get(group) or "") if group else "",
        )
        for one in kept
    ]


def _counterweights(table: Table) -> list[Item]:
    """Those of the set-up, and what people add."""
    asked = table.question("D01", "SET09")
    options = asked.options if asked is not None else ()
    known = [
        Item(id=one.value, ref=one.value, words=one.label) for one in options if one.value not in NO_CHOICE
    ]
    return [*known, *table.ideas(table.step.number)]


def _goals(table: Table) -> list[Item]:
    """Goals that are written already, then the new ones; each in its group."""
    found = [*_records(table.of_kind("stake"), "level"), *table.ideas(2, table.step.number)]
    return [one if one.group else _strategic(one) for one in found]


def _strategic(item: Item) -> Item:
    return Item(id=item.id, words=item.words, ref=item.ref, group="strategic")


def _gaps(table: Table) -> list[Item]:
    """Gaps on record, else the lines of the step before; and what people add now."""
    return [*(_records(table.of_kind("gap")) or table.ideas(2)), *table.ideas(table.step.number)]


def _placed(table: Table) -> list[Item]:
    return _needs(table, "priority")


def _sized(table: Table) -> list[Item]:
    return _with(_needs(table, "effort"), _offered(table.question("D11", "NEE03")))


def _needs(table: Table, asked: str) -> list[Item]:
    """Where there are more than one ballot takes, those that have none yet come first: held again, the step
    goes on where it stopped."""
    found = table.of_kind("need")
    if len(found) > MOST:
        found.sort(key=lambda one: one.fields.get(asked) not in (None, ""))
    return _records(found)


def _projects(table: Table) -> list[Item]:
    """Supporting projects that are recorded; else the six topics."""
    found = _records(table.of_kind("annex"))
    topics = [table.question("D05", f"ANX0{n}") for n in range(1, 7)]
    return found or [Item(id=one.id, ref=one.id, words=one.words) for one in topics if one is not None]


def _criteria(table: Table) -> list[Item]:
    found = [table.question("D11", f"NEE1{n}") for n in range(1, 6)]
    return [
        Item(id=one.id, ref=one.id, words=one.words, options=_options(one.options))
        for one in found
        if one is not None
    ]


def _headings(table: Table) -> list[Item]:
    asked = table.question("D11", "NEE17")
    return [
        Item(id=one.value, ref=one.value, words=one.label)
        for one in (asked.options if asked is not None else ())
    ]


def _sliders(table: Table) -> list[Item]:
    """The eight pairs, each with both its poles."""
    found = [table.question("D13", f"ARB0{n}") for n in range(1, 9)]
    return [item for one in found if one is not None and (item := _slider(one)) is not None]


def _slider(asked: Question) -> Item | None:
    en, fr = asked.words.en.split(ARROW), asked.words.fr.split(ARROW)
    if len(en) != len(fr) or len(en) != len(("first", "second")):
        return None
    first, second = (Words(a.strip(), b.strip()) for a, b in zip(en, fr, strict=True))
    return Item(id=asked.id, ref=asked.id, words=first, second=second)


def _levels(table: Table) -> list[Item]:
    """What was shown of each criterion."""
    asked = table.question("D14", "VEN07")
    columns = {one.key: one for one in (asked.columns if asked is not None else ())}
    if not {"criterion", "level"} <= {*columns}:
        return []
    options = _options(columns["level"].options)
    return [
        Item(id=one.value, ref=one.value, words=one.label, options=options)
        for one in columns["criterion"].options
    ]


def _options(offered: Iterable[Choice]) -> tuple[Option, ...]:
    return tuple(Option(value=one.value, words=one.label) for one in offered if one.value not in NO_CHOICE)


def _offered(asked: Question | None) -> tuple[Option, ...]:
    return _options(asked.options) if asked is not None else ()


def _with(found: list[Item], options: tuple[Option, ...]) -> list[Item]:
    return [Item(id=one.id, ref=one.ref, words=one.words, options=options) for one in found]


#: What does not come from the cards of the steps before.
ITEMS: Mapping[str, Make] = {
    "W01.3": _counterweights,
    "W02.4": _goals,
    "W03.4": _gaps,
    "W05.2": _projects,
    "W06.2": _sized,
    "W06.3": _placed,
    "W06.5": _criteria,
    "W06.6": _headings,
    "W08.3": _sliders,
    "W09.6": _levels,
}
