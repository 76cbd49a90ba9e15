"""Which document each route leads to, and what still keeps it from being made. Makes none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.documents import making
from bot.documents.kinds import KINDS
from bot.parts import Parts
from bot.policy import Action
from bot.route.reading import Picture
from flows.document.model import Document, Missing
from flows.words import Words
from storage.database import Connection

#: The document of 7.3 to 7.6 that follows from each choice of RTE08.
DOCS: Mapping[str, str] = {"rfp": "DOC2", "rfi": "DOC3", "proto": "DOC4", "direct": "DOC5"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """How far the document of a route is: sections that keep it from leaving, and things missing in it."""

    doc: str
    blocking: int
    missing: int


def ready(
    conn: Connection, parts: Parts, found: Picture, routes: Iterable[str] = tuple(DOCS)
) -> dict[str, Ready]:
    """By choice of RTE08; without the documents that there are not. Read once, for all of `routes`."""
    wanted = {route: DOCS[route] for route in routes if DOCS.get(route) in KINDS}
    facts = None
    if wanted:
        facts = making.facts(conn, parts=parts, project=found.project, now=parts.clock.now())
    if facts is None:
        return {}
    return {route: _of(doc, KINDS[doc].make(parts.playbook, facts)) for route, doc in wanted.items()}


def _of(doc: str, document: Document) -> Ready:
    gaps = [block for section in document.sections for block in section.blocks if isinstance(block, Missing)]
    return Ready(doc=doc, blocking=len(document.blocked), missing=len(gaps))


def name(one: Ready) -> Words:
    """What the document is called."""
    return KINDS[one.doc].name


def read(one: Ready) -> Action:
    """What somebody must be allowed, to have the document."""
    return KINDS[one.doc].read
