"""DOC2, sections TR10 to TR15: the integrator, scenarios, the grid, prices, the schedule, how to answer."""

from flows.currency import DEFAULT, amount, called
from flows.dialogue.kinds import thousands
from flows.document import standard, vendors
from flows.document.blocks import line
from flows.document.facts import NoteFacts
from flows.document.missing import Find, shown
from flows.document.model import Block, Missing, Paragraph, Section, Table
from flows.register.shown import AUTHORITIES
from flows.words import Words

EMPTY = Words("", "")
YEARS = 5
EXPECTED = Words("What we expect from you", "Ce que nous attendons de vous")
TRAINED = Words("Whom we plan to train, and in what", "Qui nous prévoyons de former, et à quoi")
SUPPORT = Words(
    "One-to-one support by someone outside daily work is planned on our side: say how you would work with "
    "them.",
    "Un accompagnement individuel, par une personne extérieure au quotidien, est prévu chez nous : dites "
    "comment "
    "vous travailleriez avec elle.",
)
HAND_OVER = Words(
    "When you leave, our business administrators change settings without you: say how you hand over, and "
    "when.",
    "À votre départ, nos administrateurs métier changent le paramétrage sans vous : dites comment et quand "
    "vous leur passez la main.",
)
RISKS = Words(
    "Risks on which we want to work with you", "Risques sur lesquels nous voulons travailler avec vous"
)
SUPPORTED = ("contracted", "internal", "planned")
NO_WEIGHTS = Words(
    "⚠ The weights are not set: an offer cannot be compared fairly.",
    "⚠ Les poids ne sont pas fixés : une offre ne pourrait pas être comparée équitablement.",
)
DECIDES = Words(
    "Decided by: {who}. The project team gives its view; the criteria and weights above do not change on "
    "the way.",
    "Qui décide : {who}. L’équipe projet donne son avis ; les critères et les poids ci-dessus ne changent "
    "pas en "
    "chemin.",
)
NOBODY = Words("to be confirmed", "à confirmer")
BUDGET = Words(
    "Budget over five years, all costs included: {amount}",
    "Enveloppe sur cinq ans, tous coûts compris : {amount}",
)
MOST = 4  # scenarios made of gaps


def integrator(find: Find, facts: NoteFacts) -> Section:
    """TR10: what is expected, what we plan ourselves, and the risks that are ticked."""
    wanted, risks = find("RTE07"), shown(find, facts, "risk")
    blocks: list[Block] = [
        Paragraph(words=vendors.only(wanted), label=EXPECTED)
        if wanted.given
        else vendors.lacking(EXPECTED, "RTE07")
    ]
    if not wanted.given:
        blocks.append(vendors.listed(standard.INTEGRATOR, EXPECTED))
    blocks += _trained(find)
    if any(given.value in SUPPORTED for _, given in find("CHG02").given):
        blocks.append(Paragraph(words=SUPPORT))
    if not vendors.waived(find, "NEE14"):
        blocks.append(Paragraph(words=HAND_OVER))
    if risks:
        blocks.append(vendors.listed(tuple(line(one) for one in risks), RISKS))
    title = Words("What we expect from the integrator", "Accompagnement attendu de l’intégrateur")
    return Section(id="TR10", title=title, blocks=tuple(blocks))


def _trained(find: Find) -> tuple[Block, ...]:
    """Groups and topics; hours, dates and names stay inside."""
    plan = find("CHG01")
    rows = [row for _, given in plan.given for row in given.value if row.get("group")]
    if not rows:
        return ()
    head = (Words("Group", "Groupe"), Words("Topic", "Sujet"))
    cells = tuple((Words.same(str(row["group"])), Words.same(str(row.get("topic") or "—"))) for row in rows)
    return (Table(label=TRAINED, head=head, rows=cells),)


def scenarios(find: Find, facts: NoteFacts) -> Section:
    """TR11: what to show, ours first, then one for each of the gravest gaps."""
    ours = vendors.scenarios(find, facts)
    made = vendors.to_show(find, facts, MOST)
    label = Words("Please show, in this order, with our words", "À montrer, dans cet ordre, avec nos mots")
    blocks: tuple[Block, ...] = (vendors.listed((*ours, *made), label),) if ours or made else ()
    if not ours:
        blocks = (Missing(words=vendors.NO_SCENARIO, question="VEN01"), *blocks)
    title = Words("Demonstration scenarios", "Scénarios de démonstration")
    return Section(id="TR11", title=title, blocks=blocks)


def grid(find: Find) -> Section:
    """TR12: the headings with their weights, and what the points mean."""
    source = find("NEE17")
    title = Words("Evaluation grid", "Grille d’évaluation")
    if not source.given:
        blocks: tuple[Block, ...] = (Missing(words=NO_WEIGHTS, question="NEE17", blocking=True),)
        return Section(id="TR12", title=title, blocks=blocks)
    points = source.given[0][1].value
    headings = {option.value: option.label for option in source.question.options}
    rows = tuple((headings[key], Words.same(str(points[key]))) for key in headings if points.get(key))
    head = (Words("Heading", "Rubrique"), Words("Points of 100", "Points sur 100"))
    weights = Table(label=Words("Weights", "Poids"), head=head, rows=rows)
    scale = Table(
        label=Words("What each answer is worth", "Ce que vaut chaque réponse"),
        head=(Words("Points", "Points"), Words("What we have seen", "Ce que nous avons vu")),
        rows=standard.SCALE,
    )
    return Section(id="TR12", title=title, blocks=(weights, scale))


def costs(facts: NoteFacts, known: NoteFacts) -> Section:
    """TR13: a table to fill in, the same for all. The budget only where its box is ticked. `known`: the facts
    that stay inside, of which nothing else is read."""
    currency = facts.project.currency or DEFAULT
    years = (Words(f"Year {n}", f"Année {n}") for n in range(1, YEARS + 1))
    head = (Words("Cost", "Coût"), Words("Details", "Détail"), *years, Words("Total", "Total"))
    blank = (EMPTY,) * (YEARS + 1)
    rows = tuple((cost, about, *blank) for cost, about in standard.COSTS)
    total = (Words("Total", "Total"), EMPTY, *blank)
    prices = tuple(one.fill(currency=called(currency)) for one in standard.PRICES)
    label = Words("Five-year costs", "Coûts sur cinq ans")
    return Section(
        id="TR13",
        title=Words("Price format", "Prix demandé"),
        blocks=(
            Table(label=label, head=head, rows=(*rows, total)),
            vendors.listed(prices, Words("Rules for prices", "Règles de prix")),
            *(budget(known) if "vendors" in known.outgoing.dates.budget else ()),
        ),
    )


def budget(known: NoteFacts) -> tuple[Block, ...]:
    """The five-year budget (RTE06), for documents it was ticked for; nothing while nobody has given it."""
    given = [one.value for _, one in known.answers.get("RTE06", ()) if isinstance(one.value, int)]
    if not given:
        return ()
    said = amount(thousands(given[0]), known.project.currency or DEFAULT)
    return (Paragraph(words=BUDGET.fill(amount=said)),)


def schedule(facts: NoteFacts) -> Section:
    """TR14: the days, the channel, who decides by role, and declared ties."""
    steps = vendors.dates(facts)
    rules: tuple[Block, ...] = (
        Paragraph(words=standard.FAIR),
        Paragraph(words=DECIDES.fill(who=_deciders(facts))),
        Paragraph(words=standard.TIES),
    )
    title = Words("Schedule and rules", "Calendrier et règles de la consultation")
    return Section(id="TR14", title=title, blocks=(*steps, *rules))


def _deciders(facts: NoteFacts) -> Words:
    """The arbiter and the sponsor, by role; one where they are the same person."""
    arbiter, sponsor = facts.cast.holder("arbiter"), facts.cast.holder("sponsor")
    if arbiter is None:
        return NOBODY
    if sponsor is None or arbiter == sponsor:
        return AUTHORITIES["sponsor"] if arbiter == sponsor else AUTHORITIES["arbiter"]
    both = Words("{a}, then {b}", "{a}, puis {b}")
    return both.fill(a=AUTHORITIES["arbiter"], b=AUTHORITIES["sponsor"])


def form() -> Section:
    """TR15: what an answer is made of. Never missing."""
    label = Words("Please send, in this order", "À envoyer, dans cet ordre")
    return Section(
        id="TR15",
        title=Words("Answer format", "Réponse attendue"),
        blocks=(vendors.listed(standard.ANSWER, label),),
    )
