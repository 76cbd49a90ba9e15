"""DOC2, the terms of reference (7.3): who we are, why, with what limits, how we work (TR01 to TR04)."""

from functools import partial

from flows.document import figures, vendors
from flows.document.blocks import RECORD, cell, line
from flows.document.facts import NoteFacts
from flows.document.missing import Find, find, shown
from flows.document.model import Block, Document, Missing, Paragraph, Section, Table
from flows.document.outside import outside
from flows.document.sweep import said
from flows.document.terms_needs import criteria, data, needs, security, systems
from flows.document.terms_rules import costs, form, grid, integrator, scenarios, schedule
from flows.playbook.model import Playbook
from flows.register.model import Kept
from flows.words import Words

TITLE = Words("Terms of reference: {name}", "Cahier des charges de consultation : {name}")
EXPECTED = Words(
    "What the tool will do, and what it will not", "Ce que l’outil fera, et ce qu’il ne fera pas"
)
NO_LOT = Words(
    "⚠ No lot: nobody can offer a price or a date.",
    "⚠ Aucun lot : personne ne peut proposer ni prix ni date.",
)
NOT_OURS = Words("What this project is not", "Ce que ce projet n’est pas")
NO_EXCLUSION = Words("⚠ No exclusion was agreed.", "⚠ Aucune exclusion n’a été convenue.")
IN_WORKSHOPS = Words(
    "Described in workshops with shortlisted vendors.", "Décrits en atelier avec les candidats retenus."
)
STEPS = Words("{area}: how it should work", "{area} : comment cela devrait marcher")


def terms(playbook: Playbook, facts: NoteFacts) -> Document:
    """The document as vendors would read it on `facts.today`: nothing of 7.1's list is in it."""
    known = outside(playbook, facts).facts
    seek = partial(find, playbook, known)
    return said(vendors.assembled(
        known, TITLE, vendors.marks(facts),
        Section(id="TR01", title=Words("About us", "Présentation de l’entreprise"),
                blocks=vendors.company(seek, known)),
        why(seek, known),
        scope(seek, known),
        processes(seek, known),
        needs(seek, known),
        criteria(playbook, seek),
        data(seek, known),
        systems(seek, known),
        security(seek, known),
        integrator(seek, known),
        scenarios(seek, known),
        grid(seek),
        costs(known, facts),
        schedule(known),
        form(),
    ))  # fmt: skip


def why(find: Find, facts: NoteFacts) -> Section:
    """TR02: the goals that are ticked, and what is expected of the tool."""
    sentence = find("ANX09")
    return Section(
        id="TR02",
        title=Words("Why this project", "Pourquoi ce projet"),
        blocks=(
            vendors.goals(find, facts),
            Paragraph(words=vendors.only(sentence), label=EXPECTED)
            if sentence.given
            else vendors.lacking(EXPECTED, "ANX09"),
        ),
    )


def scope(find: Find, facts: NoteFacts) -> Section:
    """TR03: the lots with whom they serve and their dates, and what is left out."""
    found, source = shown(find, facts, "lot"), find("PLA04")
    lots: Block = Missing(words=NO_LOT, question="PLA04", blocking=True)
    drawn: tuple[Block, ...] = ()
    if found:
        lots = Table(
            label=Words("Lots", "Lots"),
            head=(RECORD, Words("Lot", "Lot"), *(_named(find, key) for key in LOT)),
            rows=tuple(
                (Words.same(one.ref), one.title, *(cell(source, one, key) for key in LOT)) for one in found
            ),
        )
        picture = figures.timeline(found, [line(one) for one in found])
        drawn = (picture,) if picture is not None else ()
    return Section(
        id="TR03",
        title=Words("Scope, users, lots", "Périmètre, utilisateurs, lots"),
        blocks=(lots, *drawn, exclusions(find, facts)),
    )


#: What is said of a lot, in the words of its question.
LOT = ("benefit", "groups", "start", "end", "entry", "exit")


def _named(find: Find, key: str) -> Words:
    columns = find("PLA04").question.columns
    return next((column.label for column in columns if column.key == key), Words.same(key))


def exclusions(find: Find, facts: NoteFacts) -> Block:
    """What this project is not; a warning when nobody said."""
    found = shown(find, facts, "exclusion")
    if not found:
        return Missing(words=NO_EXCLUSION, question="OBJ10")
    return vendors.listed(tuple(line(one) for one in found), NOT_OURS)


def processes(find: Find, facts: NoteFacts) -> Section:
    """TR04: by function what is to change. What goes wrong today stays inside."""
    areas = find("PRO01").question.options
    gaps = vendors.top_gaps(find, facts)
    tables = [
        _area(find, area.label, mine)
        for area in areas
        if (mine := [one for one in gaps if str(one.fields.get("area") or "") == area.value])
    ]
    placed = {area.value for area in areas}
    others = [one for one in gaps if str(one.fields.get("area") or "") not in placed]
    if others:
        tables.append(_area(find, Words("Everywhere", "Partout"), others))
    nothing: tuple[Block, ...] = () if tables else (Missing(words=IN_WORKSHOPS, question="PRO02"),)
    title = Words("Our processes and what must change", "Nos processus et ce qui doit changer")
    return Section(id="TR04", title=title, blocks=(*tables, *nothing))


def _area(find: Find, area: Words, gaps: list[Kept]) -> Table:
    source = find("PRO02")
    head = (RECORD, Words("What must change", "Ce qui doit changer"),
            Words("How it should work", "Comment cela devrait marcher"))  # fmt: skip
    rows = tuple((Words.same(one.ref), one.title, cell(source, one, "target")) for one in gaps)
    return Table(label=STEPS.fill(area=area), head=head, rows=rows)
