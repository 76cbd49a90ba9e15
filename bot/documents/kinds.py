"""The documents there are: what each is called, what it is made from, who may have it.

A document whose blocking sections are not filled cannot be made; one for vendors holds nothing of 7.1's list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.documents import weekly
from bot.parts import Parts
from bot.policy import Action
from flows.document.direct import direct
from flows.document.facts import NoteFacts
from flows.document.interest import interest
from flows.document.log import log
from flows.document.model import Document
from flows.document.note import note
from flows.document.prototype import prototype
from flows.document.terms import terms
from flows.playbook import Playbook
from flows.project import Project
from flows.words import Words
from storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One document. `slug`: of its file. `read`: what somebody must be allowed, to have it in private.
    `publish`: it may be posted in the channel. `route`: it follows from the route, so what blocks it is
    enforced. `outside`: vendors read it."""

    name: Words
    slug: Words
    read: Action = "document.read"
    publish: bool = True
    route: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Named):
    """A document that is made from what the note is made from."""

    make: Callable[[Playbook, NoteFacts], Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly(Named):
    """A document that says what has been said elsewhere: the digest, the round-up."""

    gather: Callable[[Connection, Parts, Project], Document]


NOTE, LOG = "DOC1", "DOC6"
KINDS: Mapping[str, Kind] = {
    NOTE: Kind(
        name=Words("Scoping note", "Note de cadrage"),
        slug=Words("scoping-note", "note-de-cadrage"), make=note,
    ),
    "DOC2": Kind(
        name=Words("Terms of reference (RFP)", "Cahier des charges de consultation"),
        slug=Words("terms-of-reference", "cahier-des-charges"), make=terms,
        read="document.issue", publish=False, route=True, outside=True,
    ),
    "DOC3": Kind(
        name=Words("Request for expressions of interest (RFI)", "Appel à manifestation d’intérêt"),
        slug=Words("expressions-of-interest", "manifestation-interet"), make=interest,
        read="document.issue", publish=False, route=True, outside=True,
    ),
    "DOC4": Kind(
        name=Words("Prototype request", "Demande de prototype"),
        slug=Words("prototype-request", "demande-de-prototype"), make=prototype,
        read="document.issue", publish=False, route=True, outside=True,
    ),
    "DOC5": Kind(
        name=Words("Direct-choice memo", "Note de choix direct"),
        slug=Words("direct-choice", "choix-direct"), make=direct,
        read="memo.read", publish=False, route=True,
    ),
    LOG: Kind(
        name=Words("Decision log", "Journal des décisions"),
        slug=Words("decision-log", "journal-des-decisions"), make=log,
    ),
}  # fmt: skip
WEEKLIES: Mapping[str, Weekly] = {
    "DOC7": Weekly(
        name=Words("Weekly sponsor digest", "Digest hebdomadaire du sponsor"),
        slug=Words("sponsor-digest", "digest-sponsor"), gather=weekly.digest,
        read="digest.read", publish=False,
    ),
    "DOC8": Weekly(
        name=Words("Weekly wins round-up", "Les avancées de la semaine"),
        slug=Words("weekly-wins", "avancees-de-la-semaine"), gather=weekly.round_up,
    ),
}  # fmt: skip
DOCUMENTS: Mapping[str, Named] = {**KINDS, **WEEKLIES}
