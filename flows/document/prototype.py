"""DOC4, the prototype request (7.5), PT01 to PT08: one question, few scenarios, criteria one can measure."""

from functools import partial

from flows.document import standard, vendors
from flows.document.blocks import line
from flows.document.facts import NoteFacts
from flows.document.figures import counted
from flows.document.missing import Find, find, shown
from flows.document.model import Block, Document, Missing, Paragraph, Section, Table
from flows.document.note_plan import to_test
from flows.document.note_together import groups, lot_groups
from flows.document.outgoing import ENOUGH, FORM, PROTOTYPE
from flows.document.outside import outside
from flows.document.sweep import said
from flows.document.terms import exclusions
from flows.playbook.model import Playbook
from flows.register.shown import AUTHORITIES
from flows.words import Words

TITLE = Words("Prototype request: {name}", "Demande de prototype : {name}")
NO_QUESTION = Words(
    "⚠ No question is written: a prototype without a question is a demo.",
    "⚠ Aucune question n’est écrite : un prototype sans question n’est qu’une démonstration.",
)
QUESTION = Words("What we must know", "Ce que nous devons savoir")
ASSUMED = Words("What we assume, without proof so far", "Ce que nous supposons, sans preuve à ce jour")
FEWEST, MOST = 3, 5  # scenarios of PT02
USERS = Words("Who tries it", "Qui l’essaie")
ANONYMISED = Words(
    "Data we hand over are samples without any name; nothing else is copied.",
    "Les données remises sont des échantillons sans aucun nom ; rien d’autre n’est copié.",
)
FEW_CRITERIA = Words(
    "⚠ Fewer than 3 measurable success criteria.", "⚠ Moins de 3 critères de réussite mesurables."
)
HOUR, HOURS = Words("hour", "heure"), Words("hours", "heures")
LASTS = Words("{n} weeks, with a checkpoint each week", "{n} semaines, avec un point d’étape par semaine")
TIME = Words("Time of our team: {hours} a week", "Temps de notre équipe : {hours} par semaine")
DURATION = Words("Duration", "Durée")
JUDGES = Words(
    "Judged by those who tried it, on the criteria above and on these two sentences",
    "Jugé par ceux qui l’ont essayé, sur les critères ci-dessus et sur ces deux phrases",
)
SETTLES = Words("Who settles it if they do not agree: {who}", "Qui tranche en cas de désaccord : {who}")
PRICE = Words("Price terms", "Conditions de prix")
OWNERSHIP = Words("Who owns the settings", "Propriété du paramétrage")


def prototype(playbook: Playbook, facts: NoteFacts) -> Document:
    """The document as vendors would read it on `facts.today`."""
    known = outside(playbook, facts).facts
    seek = partial(find, playbook, known)
    return said(vendors.assembled(
        known, TITLE, vendors.marks(facts),
        _question(seek, known),
        _scenarios(seek, known),
        _data(seek, known),
        _limits(seek, known),
        _criteria(seek, known),
        _duration(known),
        _judges(playbook, known),
        _after(known),
    ))  # fmt: skip


def _question(find: Find, facts: NoteFacts) -> Section:
    """PT01: in the words of the form, else the need nobody can promise; beside it the assumptions that it
    puts to the test, as long as they are to be tested first."""
    typed, need = facts.outgoing.prototype.question, find("RTE03a")
    asked = Words.same(typed) if typed else vendors.only(need) if need.given else None
    linked = facts.outgoing.prototype.assumptions
    assumed = tuple(
        line(one) for one in shown(find, facts, "assumption") if one.ref in linked and to_test(one)
    )
    first: Block = Missing(words=NO_QUESTION, question=FORM + PROTOTYPE, blocking=True)
    if asked is not None:
        first = Paragraph(words=asked, label=QUESTION)
    title = Words(
        "The question the prototype must answer", "La question à laquelle le prototype doit répondre"
    )
    more = (vendors.listed(assumed, ASSUMED),) if assumed else ()
    return Section(id="PT01", title=title, blocks=(first, *more))


def _scenarios(find: Find, facts: NoteFacts) -> Section:
    """PT02: ours, then the gravest gaps, five at most; users by group."""
    found = (*vendors.scenarios(find, facts), *vendors.to_show(find, facts, MOST))[:MOST]
    named = [name for lot in shown(find, facts, "lot") for name in groups(lot_groups(lot))]
    users = tuple(map(Words.same, dict.fromkeys(named)))
    what = Words("Scenarios", "Scénarios")
    blocks: list[Block] = []
    if len(found) < FEWEST:
        blocks.append(vendors.lacking(Words("Three to five scenarios", "Trois à cinq scénarios"), "VEN01"))
    if found:
        blocks.append(vendors.listed(found, what))
    blocks.append(vendors.listed(users, USERS) if users else vendors.lacking(USERS, "PLA04"))
    title = Words("Scenarios and users", "Scénarios et utilisateurs")
    return Section(id="PT02", title=title, blocks=tuple(blocks))


def _data(find: Find, facts: NoteFacts) -> Section:
    """PT03: which kinds of data a sample is made of."""
    typed = facts.outgoing.prototype.data
    held = [one for one in shown(find, facts, "domain") if not one.fields.get("future")]
    what = Words("Kinds of data", "Types de données")
    blocks: list[Block] = []
    if typed:
        blocks.append(Paragraph(words=Words.same(typed), label=Words("Sample", "Échantillon")))
    if held:
        blocks.append(vendors.listed(tuple(line(one) for one in held), what))
    if not blocks:
        blocks.append(vendors.lacking(what, "DAT01"))
    blocks.append(Paragraph(words=ANONYMISED))
    return Section(id="PT03", title=Words("Data provided", "Données fournies"), blocks=tuple(blocks))


def _limits(find: Find, facts: NoteFacts) -> Section:
    """PT04: what is excluded, and needs that are for later."""
    aside = tuple(line(one) for one in shown(find, facts, "need") if one.fields.get("priority") in ("C", "W"))
    later = Words("Needs that this is not about", "Besoins qui ne sont pas concernés")
    more = (vendors.listed(aside, later),) if aside else ()
    title = Words("Out of scope", "Hors périmètre")
    return Section(id="PT04", title=title, blocks=(exclusions(find, facts), *more))


def _criteria(find: Find, facts: NoteFacts) -> Section:
    """PT05: three at least, and the change that a user makes alone, unless K4 is set aside."""
    given = facts.outgoing.prototype.criteria
    label = Words("It has succeeded if", "C’est réussi si")
    blocks: tuple[Block, ...] = (Missing(words=FEW_CRITERIA, question=FORM + PROTOTYPE, blocking=True),)
    if len(given) >= ENOUGH:
        more = () if vendors.waived(find, "NEE14") else (standard.LIVE_CHANGE,)
        blocks = (vendors.listed((*map(Words.same, given), *more), label),)
    title = Words("Measurable success criteria", "Critères de réussite mesurables")
    return Section(id="PT05", title=title, blocks=blocks)


def _duration(facts: NoteFacts) -> Section:
    """PT06: weeks, and the hours of the team together: nobody's own."""
    weeks = facts.outgoing.prototype.weeks
    hours = sum(member.hours or 0 for member in facts.cast.members)
    blocks: list[Block] = [
        vendors.lacking(DURATION, FORM + PROTOTYPE)
        if weeks is None
        else Paragraph(words=LASTS.fill(n=weeks), label=DURATION)
    ]
    team = Words("Time of our team", "Temps de notre équipe")
    gives = TIME.fill(hours=counted(hours, HOUR, HOURS))
    blocks.append(Paragraph(words=gives) if hours else vendors.lacking(team, "SET13"))
    title = Words("Duration, resources, checkpoints", "Durée, moyens, points d’étape")
    return Section(id="PT06", title=title, blocks=tuple(blocks))


def _judges(playbook: Playbook, facts: NoteFacts) -> Section:
    """PT07: those who tried it; the arbiter by role, or the rule that asks for one."""
    last: Block = Missing(words=playbook.rules["R56"].words, question="SET12")
    if facts.cast.holder("arbiter") is not None:
        last = Paragraph(words=SETTLES.fill(who=AUTHORITIES["arbiter"]))
    title = Words("Who judges and how", "Qui juge et comment")
    return Section(id="PT07", title=title, blocks=(vendors.listed(standard.TRIED, JUDGES), last))


def _after(facts: NoteFacts) -> Section:
    """PT08: stop, adjust or buy, and on which terms."""
    made = facts.outgoing.prototype
    head = (Words("What follows", "La suite"), Words("When", "Quand"))
    rule = Table(
        label=Words("Stop, adjust or buy", "Arrêter, ajuster ou acheter"), head=head, rows=standard.AFTER
    )
    terms = [
        Paragraph(words=Words.same(said), label=label) if said else vendors.lacking(label, FORM + PROTOTYPE)
        for label, said in ((PRICE, made.price), (OWNERSHIP, made.ownership))
    ]
    return Section(id="PT08", title=Words("After the prototype", "Après le prototype"), blocks=(rule, *terms))
