"""The documents there are: what each is called, what it is made from, who may have it.

A document whose blocking sections are not filled cannot be made; one for vendors holds nothing of 7.1's list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flows.document.facts import NoteFacts
from flows.document.log import log
from flows.document.model import Document
from flows.document.note import note
from flows.playbook import Playbook
from flows.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One document. `slug`: of its file."""

    name: Words
    slug: Words
    make: Callable[[Playbook, NoteFacts], Document]


NOTE, LOG = "DOC1", "DOC6"
KINDS: Mapping[str, Kind] = {
    NOTE: Kind(
        name=Words("Scoping note", "Note de cadrage"),
        slug=Words("scoping-note", "note-de-cadrage"), make=note,
    ),
    LOG: Kind(
        name=Words("Decision log", "Journal des décisions"),
        slug=Words("decision-log", "journal-des-decisions"), make=log,
    ),
}  # fmt: skip
