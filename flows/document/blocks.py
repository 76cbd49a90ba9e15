"""Answers as blocks of a document: the answer when it may be shown, else what is missing."""

from flows.dates import short_date
from flows.dialogue.model import Answer
from flows.dialogue.results import result
from flows.dialogue.show import NOTHING, in_words
from flows.document.missing import Source, missing, records
from flows.document.model import Block, Bullets, Paragraph, Table
from flows.register.model import Kept
from flows.words import Words

RECORD = Words("Record", "Fiche")


def answer(source: Source) -> Block:
    """The one answer of a form, or of the one person asked."""
    if not source.given:
        return missing(source)
    words = in_words(source.question, source.given[0][1].value, source.facts.names)
    return Paragraph(words=words, label=source.question.short)


def spread(source: Source) -> Block:
    """The distribution of people's answers, most chosen first for choices; ranks for a ranking."""
    if not source.given:
        return missing(source)
    found = result(source.question, _answers(source), source.facts.names)
    if source.question.kind == "ranking":
        line = Words("{what} (mean rank {mean})", "{what} (rang moyen {mean})")
        items = [line.fill(what=b.label, mean=_decimal(b.mean or 0.0)) for b in found.bars]
    else:
        line = Words("{what}: {n} of {total}", "{what} : {n} sur {total}")
        items = [line.fill(what=b.label, n=b.count, total=found.n) for b in found.bars if b.count]
    return Bullets(items=tuple(items), label=source.question.short)


def _decimal(figure: float) -> Words:
    return Words(f"{figure:.1f}", f"{figure:.1f}".replace(".", ","))


def texts(source: Source) -> Block:
    """What people wrote, without their names: the note is read by the whole channel."""
    if not source.given:
        return missing(source)
    quotes = (in_words(source.question, given.value, source.facts.names) for given in _answers(source))
    return Bullets(items=tuple(quotes), label=source.question.short)


def _answers(source: Source) -> list[Answer]:
    return [given for _, given in source.given]


def kept(source: Source, kind: str, nothing: Words | None = None) -> Block:
    """The records that came from a question, with their ids; `nothing` once it is known that there
    are none."""
    found = records(source, kind)
    if found:
        return Bullets(items=tuple(line(record) for record in found), label=source.question.short)
    if nothing is not None and source.asked is not None and not source.withheld:
        return Paragraph(words=nothing, label=source.question.short)
    return missing(source)


def line(record: Kept) -> Words:
    """ "GOA-2 Title": the id first, everywhere (journeys 1.3)."""
    return Words("{ref} {title}", "{ref} {title}").fill(ref=record.ref, title=record.title)


def goals(source: Source) -> Block:
    """The goals of a form as a table, each row with its record id."""
    found = records(source, "stake")
    if not found:
        return missing(source)
    columns = [column for column in source.question.columns if column.key != "due"]
    due = Words("By when", "Échéance")

    def cell(record: Kept, key: str) -> Words:
        value = record.fields.get(key)
        column = next(column for column in columns if column.key == key)
        if column.options:
            return next((o.label for o in column.options if o.value == value), NOTHING)
        return Words.same(str(value)) if value else NOTHING

    rows = [
        (
            Words.same(record.ref),
            *(cell(record, column.key) for column in columns),
            short_date(record.due) if record.due else NOTHING,
        )
        for record in found
    ]
    head = (RECORD, *(column.label for column in columns), due)
    return Table(label=source.question.short, head=head, rows=tuple(rows))
