"""The diagnosis of the example company, to be read before there is a project (journeys A0). Read-only.

The company is the fictional one of flows/diagnosis/fixture; its card is drawn as any other, without buttons.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import answer, asker
from bot.diagnosis.card import card
from bot.diagnosis.picture import Picture, Reader
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.text import Wording
from flows.diagnosis import fixture
from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.fixture import Company, read
from flows.diagnosis.result import Diagnosis
from flows.playbook import Playbook
from flows.project import Project, Role
from flows.words import Language

FILE = Path(fixture.__file__).parent / "corvanne.yaml"
#: Whoever holds the file reads everything in it.
EVERYTHING = Reader(roles=frozenset[Role]({"sponsor", "lead", "facilitator", "hr"}))


def way(w: Wording) -> Json:
    """The button that leads here."""
    return elements.button(w("See an example"), "example.open")


async def opened(request: Request, parts: Parts) -> Reply:
    """[See an example]. For everybody: nobody real is in it."""
    who = await asker.asker(request, parts)

    async def build() -> Json:
        rows = await asyncio.to_thread(_rows, who.w, parts.playbook)
        return answer.page(who.w, who.w("An example"), rows)

    return answer.show(request, parts, who.w, who.w("An example"), build)


def pictured(company: Company, found: Diagnosis, playbook: Playbook, language: Language) -> Picture:
    """What the bot draws its card from, for a company that has no channel."""
    evidence = company.evidence
    project = Project(
        id="", workspace="", channel="", creator="", name=company.name, language=language,
        phase=evidence.facts.phase, created_at=datetime(*evidence.today.timetuple()[:3], tzinfo=UTC),
    )  # fmt: skip
    return Picture(
        project=project, found=found, evidence=evidence, model=playbook.diagnosis, flows=playbook.flows,
        names=company.names, runs=(), history=(), before=None,
    )  # fmt: skip


def _rows(w: Wording, playbook: Playbook) -> list[Json]:
    company = read(FILE.read_text(encoding="utf-8"), playbook.flows)
    picture = pictured(company, diagnose(company.evidence, playbook.diagnosis), playbook, w.language)
    said = w("A fictional company in week 5 of its scoping: what sponsor, lead and facilitator read by then.")
    return [blocks.context(said), *card(w, picture, EVERYTHING, drawn=False)]


ACTIONS: dict[str, Any] = {"example.open": opened}
