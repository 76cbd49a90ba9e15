"""DOC2, sections TR05 to TR09: needs, criteria with their evidence, data, interfaces, security."""

from flows.dialogue.show import MOSCOW_WORDS
from flows.document import standard, vendors
from flows.document.blocks import RECORD, cell
from flows.document.facts import NoteFacts
from flows.document.missing import Find, Source, shown
from flows.document.model import Block, Missing, Paragraph, Section, Table
from flows.document.note_choice import CRITERIA, NOT_PLACED, ONE_NOT_PLACED
from flows.document.outgoing import FORM, TEXTS
from flows.playbook.model import Playbook
from flows.register.model import Kept
from flows.words import Words

EMPTY = Words("", "")
#: How a vendor covers a need: a column each, to be ticked.
COVERED = (
    Words("Standard", "Standard"), Words("Settings", "Paramétrage"), Words("Add-on", "Module"),
    Words("Custom", "Spécifique"), Words("No", "Non"),
)  # fmt: skip
NO_NEED = Words("⚠ No need is written down.", "⚠ Aucun besoin n’est écrit.")
PLACES = ("M", "S", "C")
WAIVED, UNDECIDED = "waived", "undecided"
ASKED_AS = Words("Status", "Statut")
PROOF = Words("What we ask you to show", "Ce que nous vous demandons de montrer")
YOURS = Words("Your answer and its proof", "Votre réponse et sa preuve")
NONE_ASKED = Words("No criterion is asked of you.", "Aucun critère ne vous est demandé.")
SHARE = Words(
    "Weight of data and exit terms: {n} of 100.", "Poids des données et de la réversibilité : {n} sur 100."
)
OPEN = Words("⚠ {what}: to be confirmed", "⚠ {what} : à confirmer")
QUESTIONS = Words("Please answer each of these", "Merci de répondre à chacune de ces questions")
SECURITY = Words("What we ask of everybody", "Ce que nous demandons à tous")


def needs(find: Find, facts: NoteFacts) -> Section:
    """TR05: by priority, each line to be filled in. Neither those set aside are in it, nor sizes."""
    found, source = shown(find, facts, "need"), find("NEE01")
    blocks: list[Block] = [
        _needs(source, MOSCOW_WORDS[place], placed)
        for place in PLACES
        if (placed := [one for one in found if one.fields.get("priority") == place])
    ]
    left = [one for one in found if not one.fields.get("priority")]
    if left:
        words = NOT_PLACED.fill(n=len(left)) if len(left) > 1 else ONE_NOT_PLACED
        blocks.append(Missing(words=words, question="NEE02", blocking=True))
    elif not blocks:
        blocks.append(Missing(words=NO_NEED, question="NEE01", blocking=True))
    return Section(id="TR05", title=Words("Ranked needs", "Besoins classés"), blocks=tuple(blocks))


def _needs(source: Source, place: Words, placed: list[Kept]) -> Table:
    head = (RECORD, Words("Need", "Besoin"), Words("So that", "Afin de"), *COVERED)
    blank = (EMPTY,) * len(COVERED)
    rows = tuple((Words.same(one.ref), one.title, cell(source, one, "why"), *blank) for one in placed)
    return Table(label=place, head=head, rows=rows)


def criteria(playbook: Playbook, find: Find) -> Section:
    """TR06: what is asked of each criterion that is not set aside; undecided ones are to be confirmed."""
    rows = []
    for number, id in enumerate(CRITERIA, 1):
        source = find(id)
        kept = str(source.given[0][1].value) if source.given else UNDECIDED
        if kept == WAIVED:
            continue
        status = vendors.TO_CONFIRM if kept == UNDECIDED else vendors.only(source)
        for check in playbook.criteria.get(f"K{number}", ()):
            rows.append((source.question.short, status, check, EMPTY))
    title = Words("Criteria K1–K5 and evidence asked", "Critères K1–K5 et preuves attendues")
    head = (Words("Criterion", "Critère"), ASKED_AS, PROOF, YOURS)
    block: Block = Paragraph(words=NONE_ASKED)
    if rows:
        block = Table(label=Words("Criteria", "Critères"), head=head, rows=tuple(rows))
    return Section(id="TR06", title=title, blocks=(block, *_undecided(find)))


def _undecided(find: Find) -> tuple[Block, ...]:
    return tuple(
        Missing(words=OPEN.fill(what=source.question.short), question=source.question.id)
        for source in map(find, CRITERIA)
        if not source.given or source.given[0][1].value == UNDECIDED
    )


def data(find: Find, facts: NoteFacts) -> Section:
    """TR07: what is held and what is to come, without whose it is."""
    found = shown(find, facts, "domain")
    here = [one for one in found if not one.fields.get("future")]
    later = [one for one in found if one.fields.get("future")]
    blocks: list[Block] = [
        _columns(find, "DAT01", here, ("domain", "source", "quality", "duplicates", "move"))
        if here
        else vendors.gap(find("DAT01")),
        vendors.said(find("DAT02")),
    ]
    if later:
        blocks.append(_columns(find, "DAT03", later, ("data", "use", "horizon")))
    return Section(id="TR07", title=Words("Data and migration", "Données et reprise"), blocks=tuple(blocks))


def _columns(find: Find, id: str, found: list[Kept], keys: tuple[str, ...]) -> Table:
    """Records as rows, in the columns of their question."""
    source = find(id)
    columns = {column.key: column for column in source.question.columns}
    known = [key for key in keys if key in columns]
    rows = tuple((Words.same(one.ref), *(cell(source, one, key) for key in known)) for one in found)
    head = (RECORD, *(columns[key].label for key in known))
    return Table(label=source.question.short, head=head, rows=rows)


def systems(find: Find, facts: NoteFacts) -> Section:
    """TR08: each link with what it carries."""
    found = shown(find, facts, "interface")
    keys = ("system", "direction", "data", "frequency", "critical", "api", "fate")
    block = _columns(find, "DAT05", found, keys) if found else vendors.gap(find("DAT05"))
    return Section(id="TR08", title=Words("Interfaces", "Interfaces"), blocks=(block,))


def security(find: Find, facts: NoteFacts) -> Section:
    """TR09: what the company asks of security in its own words, else the standard questions; what leaving
    weighs."""
    text = facts.outgoing.texts.security
    asked: tuple[Block, ...] = (
        vendors.lacking(SECURITY, FORM + TEXTS),
        vendors.listed(standard.SECURITY, QUESTIONS),
    )
    if text is not None:
        asked = (Paragraph(words=vendors.own(text), label=SECURITY),)
    weights = find("NEE17")
    points = weights.given[0][1].value.get("exit") if weights.given else None
    weighs = () if points is None else (Paragraph(words=SHARE.fill(n=points)),)
    title = Words(
        "Security, privacy, hosting, exit", "Sécurité, données personnelles, hébergement, réversibilité"
    )
    return Section(id="TR09", title=title, blocks=(*asked, vendors.said(find("DAT07")), *weighs))
