"""DOC5, the direct-choice memo (7.6), for those who decide: what is proposed, against what, on which proof.

Internal: it names vendors, and people by their ids as the note does. Never a mean of fewer than five people.
"""

from functools import partial

from flows.dates import short_date
from flows.dialogue.show import MOSCOW_WORDS, NOTHING
from flows.document import vendors
from flows.document.blocks import RECORD, answer, cell, line
from flows.document.direct_proof import proof, set_aside, ties
from flows.document.facts import NoteFacts
from flows.document.missing import Find, find, missing, shown
from flows.document.model import Block, Document, Missing, Paragraph, Section, Table
from flows.document.note_choice import CRITERIA
from flows.document.note_plan import score
from flows.document.note_verdict import said_conditions, said_verdict
from flows.document.outgoing import CHOICE, FORM
from flows.document.terms_rules import budget
from flows.playbook.model import Playbook
from flows.words import Words

TITLE = Words("Direct-choice memo: {name}", "Note de choix direct : {name}")
NOT_DIRECT = Words(
    "⚠ Direct choice is not the route that was decided on.", "⚠ Le choix direct n’est pas la voie retenue."
)
NOT_NAMED = Words(
    "⚠ The solution and the integrator that are proposed are not named.",
    "⚠ La solution et l’intégrateur proposés ne sont pas nommés.",
)
SOLUTION, INTEGRATOR = Words("Solution", "Solution"), Words("Integrator", "Intégrateur")
NO_NEEDS = Words("⚠ Needs or criteria are not settled.", "⚠ Les besoins ou les critères ne sont pas arrêtés.")
MOST = 10  # needs and risks of a memo
FAMILIES = ("1", "4")  # the solution, the approach (0.7)
NOT_SIGNED = Words("⚠ Not signed.", "⚠ Non signée.")
SIGNED = Words("Version {n} of the note is signed.", "La version {n} de la note est signée.")
KEPT_INSIDE = Words(
    "⚠ Budget over five years: it is not printed here. Whoever fills in the choice may tick it for this "
    "memo.",
    "⚠ Enveloppe sur cinq ans : elle n’est pas imprimée ici. La personne qui remplit le choix peut la cocher "
    "pour cette note.",
)


def direct(playbook: Playbook, facts: NoteFacts) -> Document:
    """The memo as it stands on `facts.today`."""
    seek = partial(find, playbook, facts)
    return vendors.assembled(
        facts, TITLE, vendors.marks(facts, for_all=True),
        _proposed(seek, facts),
        _needs(seek, facts),
        set_aside(seek, facts),
        proof(seek, facts),
        ties(seek),
        _costs(seek, facts),
        _risks(seek, facts),
        _conditions(playbook, seek, facts),
        _decided(seek, facts),
    )  # fmt: skip


def _proposed(find: Find, facts: NoteFacts) -> Section:
    """DC01: the route, the solution and who would integrate it."""
    route, made = find("RTE08"), facts.outgoing.choice
    found = next((one for one in shown(find, facts, "vendor") if one.ref == made.chosen), None)
    blocks: list[Block] = [answer(route)] if route.given else []
    if not route.given or route.given[0][1].value != "direct":
        blocks.append(Missing(words=NOT_DIRECT, question="RTE08", blocking=True))
    integrator = made.integrator or (str(found.fields.get("integrator") or "") if found else "")
    if found is None or not integrator:
        blocks.append(Missing(words=NOT_NAMED, question=FORM + CHOICE, blocking=True))
    else:
        blocks += [
            Paragraph(words=line(found), label=SOLUTION),
            Paragraph(words=Words.same(integrator), label=INTEGRATOR),
        ]
    title = Words("Proposed decision: solution and integrator", "Décision proposée : solution et intégrateur")
    return Section(id="DC01", title=title, blocks=tuple(blocks))


def _needs(find: Find, facts: NoteFacts) -> Section:
    """DC02: the must-haves, and each criterion with its state."""
    musts = [one for one in shown(find, facts, "need") if one.fields.get("priority") == "M"][:MOST]
    asked = [find(id) for id in CRITERIA]
    undecided = [one for one in asked if not one.given or one.given[0][1].value == "undecided"]
    blocks: list[Block] = []
    if not musts or undecided:
        blocks.append(
            Missing(
                words=NO_NEEDS, question="NEE02" if not musts else undecided[0].question.id, blocking=True
            )
        )
    if musts:
        blocks.append(vendors.listed(tuple(line(one) for one in musts), MOSCOW_WORDS["M"]))
    rows = tuple((one.question.short, vendors.only(one)) for one in asked)
    head = (Words("Criterion", "Critère"), Words("Kept as", "Statut"))
    blocks.append(Table(label=Words("Criteria", "Critères"), head=head, rows=rows))
    title = Words("Reminder of needs and criteria", "Rappel du besoin et des critères")
    return Section(id="DC02", title=title, blocks=tuple(blocks))


def _costs(find: Find, facts: NoteFacts) -> Section:
    """DC06: five years of costs, and what purchasing rules say. The budget only where it is ticked."""
    cost = facts.outgoing.choice.cost
    label = Words("Five-year cost", "Coût sur cinq ans")
    said: Block = (
        Paragraph(words=Words.same(cost), label=label) if cost else vendors.lacking(label, FORM + CHOICE)
    )
    envelope: tuple[Block, ...] = (Missing(words=KEPT_INSIDE, question=FORM + CHOICE),)
    if facts.outgoing.choice.budget:
        envelope = budget(facts) or (missing(find("RTE06")),)
    title = Words("Five-year cost and purchasing rules", "Coût complet sur cinq ans et règles d’achat")
    return Section(id="DC06", title=title, blocks=(said, *envelope, answer(find("RTE04"))))


def _risks(find: Find, facts: NoteFacts) -> Section:
    """DC07: risks of the solution and of the approach, the gravest first, and the way out."""
    found = [one for one in shown(find, facts, "risk") if str(one.fields.get("family")) in FAMILIES]
    found = sorted(found, key=lambda one: (-score(one), one.number))[:MOST]
    source, leaving = find("PLA02"), facts.outgoing.choice.exit
    none = Words("Risks of a direct choice", "Risques du choix direct")
    risks: Block = vendors.lacking(none, "PLA02")
    if found:
        head = (RECORD, Words("Risk", "Risque"), Words("Response", "Réponse"))
        rows = tuple((Words.same(one.ref), one.title, cell(source, one, "response")) for one in found)
        risks = Table(label=none, head=head, rows=rows)
    label = Words("Exit clause", "Clause de réversibilité")
    out: Block = (
        Paragraph(words=Words.same(leaving), label=label)
        if leaving
        else vendors.lacking(label, FORM + CHOICE)
    )
    title = Words("Risks of a direct choice and responses", "Risques du choix direct et parades")
    return Section(id="DC07", title=title, blocks=(risks, out))


def _conditions(playbook: Playbook, find: Find, facts: NoteFacts) -> Section:
    """DC08: the verdict with its conditions, as the team may read them; the lots with their dates."""
    known = [said_verdict(playbook, facts), said_conditions(playbook, facts)]
    blocks: list[Block] = [one for one in known if one is not None]
    if known[0] is None:
        blocks.append(vendors.lacking(Words("Verdict", "Verdict"), ""))
    lots = tuple(
        Words("{lot}: {day}", "{lot} : {day}").fill(
            lot=line(one), day=short_date(one.due) if one.due else NOTHING
        )
        for one in shown(find, facts, "lot")
    )
    when = Words("Go-lives", "Mises en service")
    blocks.append(vendors.listed(lots, when) if lots else vendors.gap(find("PLA04")))
    title = Words("Conditions and schedule", "Conditions du verdict et calendrier")
    return Section(id="DC08", title=title, blocks=tuple(blocks))


def _decided(find: Find, facts: NoteFacts) -> Section:
    """DC09: the arbiter's decision on the route, the sponsor's on the note."""
    route, sponsor = find("RTE08").decision, find("RTE13")
    blocks: list[Block] = []
    if route is not None:
        by = facts.names.get(str(route.fields.get("decided_by") or ""), "")
        said = Words("{line} — {by}", "{line} — {by}") if by else Words("{line}", "{line}")
        blocks.append(Paragraph(words=said.fill(line=line(route), by=by), label=Words("Arbiter", "Arbitre")))
    if facts.signed is not None:
        blocks.append(Paragraph(words=SIGNED.fill(n=facts.signed), label=sponsor.question.short))
    elif facts.review is None and sponsor.given:  # not asked any more once a version went round
        blocks.append(answer(sponsor))
    if len(blocks) < 2:  # both sign
        blocks.append(Missing(words=NOT_SIGNED, question="RTE13" if route is not None else "RTE08"))
    title = Words("Arbiter’s and sponsor’s decision", "Décision de l’arbitre et du sponsor")
    return Section(id="DC09", title=title, blocks=tuple(blocks))
