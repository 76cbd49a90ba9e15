"""Where each statement of the source article lives in the product (domain, 1. Traceability).

Knows ids of content only; what is built later is named, and counts as a place until it is there.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Self

from pydantic import Field, model_validator

from flows.document.model import SECTIONS
from flows.playbook.model import Playbook, Statement
from flows.playbook.review import Finding
from flows.playbook.schema import Strict, Text

#: Ids of what later versions bring: workshops, check-ins, wins, documents and their sections.
TO_COME = re.compile(r"^(W|C|WN|N|TR|RI|PT|DC|SD|WR)\d\d[a-z]?$|^DOC\d$")


class StatementText(Strict):
    """One statement. `at`: ids of content; `later`: of what is not built yet; `also`: what no id names."""

    id: Text
    says: Text
    at: list[Text] = Field(default=[])
    later: list[Text] = Field(default=[])
    also: Text = ""
    left_out: Text = ""

    @model_validator(mode="after")
    def somewhere(self) -> Self:
        """A statement is somewhere, or left out for a reason."""
        if bool(self.at or self.later) == bool(self.left_out):
            raise ValueError(f"{self.id} lives nowhere: name its places, or say why it is left out")
        return self


class StatementsText(Strict):
    """The file of statements."""

    statements: list[StatementText]


def statements(text: StatementsText) -> tuple[Statement, ...]:
    """The statements in their order."""
    return tuple(
        Statement(
            id=one.id, says=one.says, at=tuple(one.at), later=tuple(one.later), also=one.also,
            left_out=one.left_out,
        )
        for one in text.statements
    )  # fmt: skip


def findings(text: StatementsText, playbook: Playbook) -> Iterator[Finding]:
    """Every place named exists; a statement that lost its last one says so; what was to come and is
    there now counts."""
    known = places(playbook)
    ids = [one.id for one in text.statements]
    for number, one in enumerate(text.statements):
        place = ("statements", number)
        if one.id in ids[:number]:
            yield place, "this statement is written twice"
        gone = [id for id in one.at if id not in known]
        if gone and len(gone) == len(one.at):
            yield place, _lost(one, gone)
        else:
            yield from ((place, f"{one.id} names {id}, which does not exist: take it away") for id in gone)
        for id in one.later:
            if id in known:
                yield place, f"{one.id} waits for {id}, which is there now: move it from “later” to “at”"
            elif not TO_COME.match(id):
                yield (
                    place,
                    f"{one.id} waits for {id}, which is no id of a workshop, check-in, win or document",
                )


def _lost(one: StatementText, gone: list[str]) -> str:
    them = f"{', '.join(gone)} {'does' if len(gone) == 1 else 'do'} not exist"
    return f"“{one.says}” has lost its last place in the product: {them}"


def places(playbook: Playbook) -> dict[str, str]:
    """Every id that a statement may name, with where it stands."""
    return {
        **dict.fromkeys(("DOC1", *SECTIONS), "scoping note"),
        **dict.fromkeys(playbook.flows, "dialogue"),
        **_questions(playbook),
        **_diagnosis(playbook),
        **{f"guard:{guard.id}": "plan" for guard in playbook.plan.guards},
        **dict.fromkeys(playbook.criteria, "what to look at for each criterion"),
        **{wave.id: "wave" for wave in playbook.waves.values()},
        **dict.fromkeys(playbook.checkins, "check-in"),
        **dict.fromkeys(playbook.wins.auto, "small win"),
        **dict.fromkeys(playbook.workshops, "workshop"),
    }


def _questions(playbook: Playbook) -> dict[str, str]:
    found: dict[str, str] = {}
    for wave in playbook.waves.values():
        found |= {question.id: f"wave {wave.id}" for question in wave.questions}
        found |= {q.id: f"wave {wave.id}" for q in (wave.added.questions if wave.added else ())}
    for checkin in playbook.checkins.values():
        found |= {item.question.id: f"check-in {checkin.id}" for item in checkin.items}
    for flow in playbook.flows.values():
        for question in flow.questions:
            parts = [*(o.value for o in question.options), *(c.key for c in question.columns)]
            found |= dict.fromkeys((question.id, *(f"{question.id}.{part}" for part in parts)), flow.id)
            found |= {card.id: f"leader card, {flow.id}" for card in question.cards}
    return found


def _diagnosis(playbook: Playbook) -> Mapping[str, str]:
    model = playbook.diagnosis
    return {
        **dict.fromkeys(model.rules, "rule"),
        **dict.fromkeys(model.indicators, "indicator"),
        **dict.fromkeys(model.tasks, "scoping task"),
        **dict.fromkeys(model.gates, "gate"),
        **{f"weight:{family}": "diagnosis" for family in model.weights},
        **{f"shift:{shift.question}": "diagnosis" for shift in model.shifts},
        **{f"verdict:{name}": "diagnosis" for name in model.texts},
        **{f"limit:{name}": "diagnosis" for name in model.limits},
    }


def table(playbook: Playbook) -> Iterator[str]:
    """One line a statement: what it says, then where it lives."""
    known = places(playbook)
    for one in playbook.statements:
        where: dict[str, list[str]] = {}
        for id in one.at:
            where.setdefault(known[id], []).append(id)
        parts = [f"{', '.join(ids)} ({place})" for place, ids in where.items()]
        parts += [f"later: {', '.join(one.later)}"] if one.later else []
        parts += [one.also] if one.also else []
        parts += [f"left out: {one.left_out}"] if one.left_out else []
        yield f"{one.id}  {one.says}\n      {'; '.join(parts)}"
