"""What somebody writes privately at a step that a dialogue asks too is their own answer there (W10: RTE12).

Kept when it is put in: once the step closes, nobody knows whose it was. So the readings of the note are rated
where all readings are, and nobody is asked twice.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.parts import Parts
from bot.workshops.outcomes import filling
from flows.project import Project
from flows.workshop.effects import Effect, KeepCard
from flows.workshop.model import Card, Workshop
from storage.database import Connection

#: By script and step: the dialogue, its part, the question.
OWN: Mapping[str, tuple[str, str, str]] = {"W10.2": ("D15", "W10", "RTE12")}


def keep(  # noqa: PLR0913 - what was put in, in which workshop, when
    conn: Connection, *, parts: Parts, project: Project, workshop: Workshop, effects: Iterable[Effect],
    now: datetime,
) -> None:  # fmt: skip
    """The cards somebody has put in just now."""
    put = [one.card for one in effects if isinstance(one, KeepCard)]
    cards = [one for one in put if one.kind == "idea" and one.author and _place(workshop, one) in OWN]
    for user in dict.fromkeys(one.author for one in cards):
        mine = [one for one in cards if one.author == user]
        flow, part, question = OWN[_place(workshop, mine[0])]
        filling.own(
            conn, parts=parts, project=project, by=workshop.facilitator, user=user, flow=flow, part=part,
            question=question, text="\n".join(one.text for one in mine), now=now,
        )  # fmt: skip


def _place(workshop: Workshop, card: Card) -> str:
    return f"{workshop.script}.{card.step}"
