"""DOC3, the request for expressions of interest (7.4), RI01 to RI06: short, no prices, made to learn."""

from collections.abc import Mapping
from functools import partial

from flows.document import standard, vendors
from flows.document.blocks import RECORD, cell
from flows.document.facts import NoteFacts
from flows.document.missing import Find, find, shown
from flows.document.model import Block, Document, Missing, Paragraph, Section, Table
from flows.document.note_choice import CRITERIA
from flows.document.outside import base, outside
from flows.document.sweep import said
from flows.playbook.model import Playbook
from flows.words import Words

TITLE = Words("Request for expressions of interest: {name}", "Appel à manifestation d’intérêt : {name}")
#: Five pages at most: how much of each list is printed.
MOST = 6
SOLUTION = "1"  # the family of the solution (0.7)
CHANGES = Words("What should be different for our customers", "Ce qui doit changer pour nos clients")
PHASE = Words("Where the project stands", "Où en est le projet")
#: What is said of each phase (0.3). Nothing of it tells who is ahead.
STANDS: Mapping[str, Words] = {
    "P0": Words(
        "The project is being set up: nothing is decided yet.",
        "Le projet se met en place : rien n’est encore décidé.",
    ),
    "P1": Words(
        "Needs and limits are being agreed upon; nothing is chosen.",
        "Les besoins et les limites se décident ; rien n’est choisi.",
    ),
    "P2": Words(
        "Scoping has ended: the solution and the integrator are being chosen.",
        "Le cadrage est terminé : la solution et l’intégrateur sont en cours de choix.",
    ),
    "P3": Words(
        "A solution is being set up; this request is about what comes beside it.",
        "Une solution est en cours de mise en œuvre ; cet appel porte sur ce qui la complète.",
    ),
    "P4": Words(
        "A first lot is in service; this request is about what comes next.",
        "Un premier lot est en service ; cet appel porte sur la suite.",
    ),
}
QUESTIONS = Words("What we ask ourselves", "Ce que nous nous demandons")
OPEN = Words("Criteria that we have not settled", "Critères que nous n’avons pas tranchés")
STANDARD = Words("What we would like to understand", "Ce que nous aimerions comprendre")
NEXT = Words(
    "Answers help us to write our request. Those whose answers help most are invited to a conversation, "
    "with the "
    "whole team, in the weeks after.",
    "Les réponses nous aident à écrire notre demande. Les candidats dont les réponses nous aident le plus "
    "sont "
    "invités à un échange avec toute l’équipe dans les semaines qui suivent.",
)


def interest(playbook: Playbook, facts: NoteFacts) -> Document:
    """The document as vendors would read it on `facts.today`."""
    known = outside(playbook, facts).facts
    seek = partial(find, playbook, known)
    return said(vendors.assembled(
        known, TITLE, vendors.marks(facts),
        _who(seek, known),
        _standing(seek, known),
        _learning(seek, known),
        Section(id="RI04", title=Words("Your profile", "Votre profil"),
                blocks=(vendors.listed(standard.PROFILE, Words("Please tell us", "Dites-nous")),)),
        _scenario(seek, known),
        Section(id="RI06", title=Words("Next steps and dates", "Suite prévue et calendrier"),
                blocks=(*vendors.dates(known), Paragraph(words=NEXT), Paragraph(words=standard.FAIR))),
    ))  # fmt: skip


def _who(find: Find, facts: NoteFacts) -> Section:
    """RI01."""
    hopes = vendors.typed_texts(find, facts, "OBJ01", MOST)
    return Section(
        id="RI01",
        title=Words(
            "Who we are and what we want to change", "Qui nous sommes et ce que nous cherchons à changer"
        ),
        blocks=(
            *vendors.company(find, facts),
            *((vendors.listed(hopes, CHANGES),) if hopes else ()),
            vendors.goals(find, facts, vendors.TOP),
        ),
    )


def _standing(find: Find, facts: NoteFacts) -> Section:
    """RI02: the phase of the project, and the lots in outline."""
    found, source = shown(find, facts, "lot"), find("PLA04")
    lots: Block = vendors.gap(source)
    if found:
        head = (RECORD, Words("Lot", "Lot"), Words("Who gains what", "Qui y gagne quoi"),
                Words("Go-live", "Mise en service"))  # fmt: skip
        rows = tuple(
            (Words.same(one.ref), one.title, cell(source, one, "benefit"), cell(source, one, "due"))
            for one in found
        )
        lots = Table(
            label=Words("The lots as we see them", "Les lots tels que nous les voyons"), head=head, rows=rows
        )
    title = Words("Where we stand", "Où nous en sommes")
    stands = STANDS.get(facts.project.phase, STANDS["P4"])
    return Section(id="RI02", title=title, blocks=(Paragraph(words=stands, label=PHASE), lots))


def _learning(find: Find, facts: NoteFacts) -> Section:
    """RI03: open points about the solution, what people asked of sessions, worries whose risk is ticked,
    criteria that are open; standard questions where there are none of our own."""
    issues = [one.title for one in shown(find, facts, "issue") if str(one.fields.get("family")) == SOLUTION]
    asked = (
        *issues[:MOST],
        *vendors.typed_texts(find, facts, "VEN02", MOST),
        *_worries(find, facts)[:MOST],
    )
    open_ = [n for n, id in enumerate(CRITERIA, 1) if _open(find, id)]
    blocks: list[Block] = []
    if asked:
        blocks.append(vendors.listed(asked, QUESTIONS))
    if open_:
        blocks.append(vendors.listed(tuple(standard.CRITERIA[f"K{n}"] for n in open_), OPEN))
    if not blocks:
        asked_of_all = [f"K{n}" for n, id in enumerate(CRITERIA, 1) if not vendors.waived(find, id)]
        kept = tuple(standard.CRITERIA[id] for id in asked_of_all or standard.CRITERIA)
        blocks.append(vendors.listed(kept, STANDARD))
    title = Words("What we want to learn", "Ce que nous voulons apprendre")
    return Section(id="RI03", title=title, blocks=tuple(blocks))


def _worries(find: Find, facts: NoteFacts) -> list[Words]:
    """What worried somebody in a session (VEN06), once its risk is ticked: never the answer itself, which is
    about one vendor."""
    return [one.title for one in shown(find, facts, "risk") if base(one.source) == "VEN06"]


def _open(find: Find, id: str) -> bool:
    source = find(id)
    return not source.given or source.given[0][1].value == "undecided"


def _scenario(find: Find, facts: NoteFacts) -> Section:
    """RI05: one of ours, else the gravest gap."""
    first = (*vendors.scenarios(find, facts), *vendors.to_show(find, facts, 1))[:1]
    label = Words("How would this go with you?", "Comment cela se passerait-il avec vous ?")
    block: Block = Missing(words=vendors.NO_SCENARIO, question="VEN01")
    if first:
        block = Paragraph(words=first[0], label=label)
    title = Words("One scenario to comment on", "Un scénario à commenter")
    return Section(id="RI05", title=title, blocks=(block,))
