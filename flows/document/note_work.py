"""Sections N07 to N09, N11 and N12 of the scoping note: how work is done, what holds it up, data, systems."""

from flows.dialogue.show import NOTHING, cell_in_words
from flows.document.blocks import RECORD, answer, cell, line, origin, spread, table, texts
from flows.document.facts import NoteFacts, Weighed
from flows.document.figures_effort import effort
from flows.document.heard import AT
from flows.document.missing import Find, Source, live, missing, open_question, shown
from flows.document.model import Block, Bullets, Missing, Paragraph, Section, Table
from flows.document.note_people import known_rules
from flows.playbook.model import Playbook
from flows.register.model import Kept
from flows.words import Words

STEPS = ("step", "planned", "lived", "outside", "target")
NOT_DESCRIBED = Words("⚠ {area}: not described", "⚠ {area} : non décrit")
NO_GAP = Words(
    "⚠ No gap is kept, and no decision says so.", "⚠ Aucun écart n’est retenu, et aucune décision ne le dit."
)
NONE_KEPT = Words("No gap is kept: {decision}", "Aucun écart n’est retenu : {decision}")
ALL_CLOSED = Words("All gaps are closed", "Tous les écarts sont comblés")
UNKNOWN = Words("⚠ Nobody knows yet whether it is needed.", "⚠ Personne ne sait encore s’il est nécessaire.")
UNDER_REVIEW = Words("{what}: under review", "{what} : à l’étude")
#: Supporting project of which only this is said: the one about people's pay (7.2, N09).
PAY = "ANX03"


def processes(playbook: Playbook, find: Find, facts: NoteFacts) -> Section:
    """N07: by area what is planned, lived, moving outside; without names."""
    steps = find("PRO02")
    areas = find("PRO01")
    tables = [_area(steps, areas, area.value, area.label) for area in areas.question.options]
    return Section(
        id="N07",
        title=Words("Processes: planned, real, changing", "Processus : le prévu, le vécu, ce qui bouge"),
        blocks=(
            *(tables if steps.given else (missing(steps),)),
            texts(find("PRO03")),
            spread(find("PRO04")),
            spread(find("PRO07")),
            *known_rules(playbook, facts, ("R20",)),
        ),
    )


def _area(steps: Source, areas: Source, area: str, label: Words) -> Block:
    described = {who for who, given in areas.given if given.value == area}
    rows = [(who, row) for who, given in steps.given if who in described for row in given.value]
    if not rows:
        return Missing(words=NOT_DESCRIBED.fill(area=label), question="PRO02")
    gaps_ = (one for one in live(steps.facts, "gap") if one.source == "PRO02")
    # Each person's lines have the same ids, in each run.
    numbers = {(one.dialogue, one.respondent, one.item): one.ref for one in gaps_}
    runs = steps.facts.runs.get(steps.question.id, {})
    columns = [column for column in steps.question.columns if column.key in STEPS]
    lines = tuple(
        (
            Words.same(numbers.get((runs.get(who, ""), who.partition(AT)[0], str(row.get("id"))), "")),
            *(cell_in_words(steps.question, column, row, steps.facts.names) for column in columns),
        )
        for who, row in rows
    )
    head = (RECORD, *(column.label for column in columns))
    return Table(label=label, head=head, rows=lines, origin=origin(steps, len({who for who, _ in rows})))


def gaps(find: Find, facts: NoteFacts) -> Section:
    """N08: the gaps kept, the most serious first, each with what is linked to it."""
    source = find("PRO02")
    found = sorted(
        shown(find, facts, "gap"), key=lambda one: (-int(one.fields.get("severity") or 0), one.number)
    )
    return Section(
        id="N08",
        title=Words("Gaps to close and linked risks", "Écarts à combler et risques liés"),
        blocks=(_gaps(find, facts, source, found),),
    )


def _gaps(find: Find, facts: NoteFacts, source: Source, found: list[Kept]) -> Block:
    if not found:
        return _no_gap(facts, source)
    keys = ("title", "area", "severity", "target", "owner")
    rows = tuple(
        (Words.same(one.ref), *(cell(source, one, key) for key in keys), _linked(find, facts, one))
        for one in found
    )
    names = (Words("Gap", "Écart"), Words("Area", "Domaine"), Words("How serious", "Gravité"),
             Words("How it should work", "Comment cela devrait marcher"), Words("Owner", "Porteur"),
             Words("Linked", "Lié"))  # fmt: skip
    return Table(label=Words("Gaps", "Écarts"), head=(RECORD, *names), rows=rows)


def _no_gap(facts: NoteFacts, source: Source) -> Block:
    """Why there is none: all are closed, or it was decided; else it is missing."""
    every = [one for one in facts.records if one.kind == "gap" and not one.restricted]
    closed = [line(one) for one in every if one.status == "closed"]
    if closed:
        return Bullets(items=tuple(closed), label=ALL_CLOSED)
    if source.decision is not None:
        return Paragraph(words=NONE_KEPT.fill(decision=line(source.decision)), label=source.question.short)
    return Missing(words=NO_GAP, question="PRO02") if source.given else missing(source)


def _linked(find: Find, facts: NoteFacts, gap: Kept) -> Words:
    """Needs that name the gap, and the risk foreseen with it."""
    needs = [
        one.ref for one in shown(find, facts, "need") if gap.ref in str(one.fields.get("gap") or "").split()
    ]
    same = (gap.source, gap.dialogue, gap.respondent, gap.item)
    foreseen = [
        one
        for one in shown(find, facts, "risk")
        if (one.source, one.dialogue, one.respondent, one.item) == same
    ]
    risks = [one.ref for one in foreseen if gap.item]
    return Words.same(", ".join((*needs, *risks))) if needs or risks else NOTHING


def annexes(find: Find) -> Section:
    """N09: what has to be done beside the tool. The one about pay is "under review", nothing else."""
    facts = find("ANX01").facts
    kept = [one for one in facts.records if one.kind == "annex" and not one.restricted]
    topics = [find(f"ANX0{n}") for n in range(1, 7)]
    blocks: list[Block] = []
    for source in topics:
        label = source.question.short
        mine = [
            one
            for one in kept
            if one.fields.get("topic") == source.question.id or one.source == source.question.id
        ]
        if source.question.id == PAY:
            blocks.append(Paragraph(words=UNDER_REVIEW.fill(what=label)))
        elif mine:
            blocks.append(table(source, mine, ("state", "owner", "due", "blocks", "reason"), label))
        else:
            blocks.append(_undecided(find, source))
    others = [one for one in live(facts, "annex") if one.source == "ANX07"]
    more = (table(find("ANX07"), others, ("title", "state", "owner", "due")),) if others else ()
    said = _weighed(facts)
    drawn = (effort(said),) if said else ()
    title = Words("Supporting projects", "Chantiers annexes")
    return Section(id="N09", title=title, blocks=(*blocks, *more, *drawn))


def _undecided(find: Find, source: Source) -> Missing:
    """Nobody knows whether it is needed: with the open point that this left, and who holds it; else it was
    not answered."""
    if not source.given:
        return missing(source)
    found = (one for one in shown(find, source.facts, "issue") if one.source == source.question.id)
    issue = next(found, None)
    said = open_question(issue, source.facts) if issue is not None else UNKNOWN
    words = Words("{what}: {said}", "{what} : {said}").fill(what=source.question.short, said=said)
    return Missing(words=words, question=source.question.id if issue is None else issue.ref)


def _weighed(facts: NoteFacts) -> list[Weighed]:
    """What was weighed together, without what is about pay or for a few only."""
    annexes = [one for one in facts.records if one.kind == "annex"]
    secret = {one.ref for one in annexes if one.restricted or PAY in (one.source, one.fields.get("topic"))}
    return [one for one in facts.weighed if one.ref not in {PAY, *secret}]


def data(find: Find, facts: NoteFacts) -> Section:
    """N11."""
    here = [one for one in shown(find, facts, "domain") if not one.fields.get("future")]
    later = [one for one in shown(find, facts, "domain") if one.fields.get("future")]
    return Section(
        id="N11",
        title=Words("Customer data", "Données clients"),
        blocks=(
            table(find("DAT01"), here, ("domain", "source", "owner", "quality", "duplicates", "move")),
            answer(find("DAT02")),
            *((table(find("DAT03"), later, ("data", "use", "horizon", "basis")),) if later else ()),
            spread(find("DAT04")),
            answer(find("DAT07")),
        ),
    )


def systems(find: Find, facts: NoteFacts) -> Section:
    """N12: the links, and the open points of those nobody knows to be possible."""
    kept = shown(find, facts, "interface")
    keys = ("title", "direction", "data", "frequency", "critical", "api", "fate", "owner")
    return Section(
        id="N12",
        title=Words("Systems and interfaces", "Systèmes et interfaces"),
        blocks=(table(find("DAT05"), kept, keys), answer(find("DAT06")), *_unknown(find, facts)),
    )


def _unknown(find: Find, facts: NoteFacts) -> tuple[Block, ...]:
    """The open questions that the inventory left."""
    found = [one for one in shown(find, facts, "issue") if one.source == "DAT05" and not one.asked_by]
    return tuple(Missing(words=open_question(one, facts), question=one.ref) for one in found)
