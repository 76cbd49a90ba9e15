"""Answers as blocks of a document: the answer when it may be shown, else what is missing."""

from collections.abc import Mapping, Sequence

from flows.dates import short_date
from flows.dialogue.model import Answer
from flows.dialogue.results import result
from flows.dialogue.show import NOTHING, cell_in_words, in_words
from flows.document.facts import NoteFacts
from flows.document.missing import NOBODY_OWNS, Source, missing, records
from flows.document.model import Block, Bullets, Paragraph, Table
from flows.register.model import Kept
from flows.register.shown import FIXED, state
from flows.wave.shown import at_least
from flows.words import Words

RECORD = Words("Record", "Fiche")


CONTESTED = Words("contested", "contesté")
CONTESTED_IN = Words("contested, {ref}", "contesté, {ref}")
DECIDED = Words("decided, {ref}", "décidé, {ref}")
ANSWERED = Words("{n} answers", "{n} réponses")
ANSWERED_BY_ONE = Words("1 answer", "1 réponse")
ANSWERED_FROM = Words("from {n} answers", "à partir de {n} réponses")
FROM = Words("{id}, {strength}", "{id}, {strength}")


def origin(source: Source, n: int | None = None) -> Words:
    """ "OBJ05, 8 answers": which question it comes from, and how strong it is: decided, contested, or
    answered by how many; `n`: by so many of them."""
    if source.decision is not None:
        strength = DECIDED.fill(ref=source.decision.ref)
    elif source.differs is not None:
        strength = CONTESTED_IN.fill(ref=source.differs.ref)
    elif source.contested:
        strength = CONTESTED
    else:
        n = len(source.given) if n is None else n
        strength = ANSWERED.fill(n=n) if n > 1 else ANSWERED_BY_ONE
    return FROM.fill(id=source.question.id, strength=strength)


def origin_of_many(id: str, n: int) -> Words:
    """The same of anonymous answers, of which only a least number is told (5.3)."""
    return FROM.fill(id=id, strength=ANSWERED_FROM.fill(n=at_least(n)))


def answer(source: Source) -> Block:
    """The one answer of a form, or of the one person asked."""
    if not source.given:
        return missing(source)
    words = in_words(source.question, source.given[0][1].value, source.facts.names)
    return Paragraph(words=words, label=source.question.short, origin=origin(source))


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
    return Bullets(items=tuple(items), label=source.question.short, origin=origin(source))


def _decimal(figure: float) -> Words:
    return Words(f"{figure:.1f}", f"{figure:.1f}".replace(".", ","))


def texts(source: Source) -> Block:
    """What people wrote, without their names: the note is read by the whole channel."""
    if not source.given:
        return missing(source)
    quotes = (in_words(source.question, given.value, source.facts.names) for given in _answers(source))
    return Bullets(items=tuple(quotes), label=source.question.short, origin=origin(source))


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
    keys = tuple(column.key for column in source.question.columns if column.key != "due")
    return table(source, records(source, "stake"), (*keys, "due"))


def table(source: Source, kept: Sequence[Kept], keys: Sequence[str], label: Words | None = None) -> Block:
    """Records as rows: the number, then what `keys` name (columns of the question, fields of 0.7, "title",
    "owner", "due", "state"). What is missing where there is none."""
    if not kept:
        return missing(source)
    head = (RECORD, *(_named(source, key) for key in keys))
    rows = tuple((Words.same(one.ref), *(cell(source, one, key) for key in keys)) for one in kept)
    return Table(label=label or source.question.short, head=head, rows=rows)


#: What is kept of every record, whichever question it comes from.
OWN: Mapping[str, Words] = {
    "title": Words("What", "Quoi"),
    "owner": Words("Owner", "Porteur"),
    "due": Words("By when", "Échéance"),
    "state": Words("State", "État"),
}


def _named(source: Source, key: str) -> Words:
    column = next((column for column in source.question.columns if column.key == key), None)
    if column is not None and key not in ("owner", "due"):
        return column.label
    return OWN[key] if key in OWN else FIXED[key][0]


def cell(source: Source, record: Kept, key: str) -> Words:
    """One cell: of the record itself, in the words of the question, or as the register shows it. A dash where
    nothing is known."""
    facts = source.facts
    if key in OWN:
        return _own(facts, record, key)
    value = record.fields.get(key)
    if value in (None, "", [], {}):
        return NOTHING
    column = next((column for column in source.question.columns if column.key == key), None)
    if column is not None:
        chosen = {key: str(value)} if column.kind == "single" else record.fields  # 0.7 keeps some as numbers
        return cell_in_words(source.question, column, chosen, facts.names)
    return FIXED[key][1](value, source.asked_about, facts.names) or NOTHING


def _own(facts: NoteFacts, record: Kept, key: str) -> Words:
    if key == "owner":
        return owner(record, facts)
    if key == "due":
        return short_date(record.due) if record.due else NOTHING
    return record.title if key == "title" else state(record.kind, record.status) or NOTHING


def owner(record: Kept, facts: NoteFacts) -> Words:
    """Who looks after a record, by name."""
    name = facts.names.get(record.owner or "", record.owner)
    return Words.same(name) if name else NOBODY_OWNS
