"""What a check-in asks of one person now: its items, filled from the project. Pure.

Nobody is asked about what is not theirs, and nobody is asked an empty question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flows.checkin.model import CheckIn, Facts, Item
from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Question, Value
from flows.project import Cast
from flows.register.model import Kept
from flows.words import Words

#: What stands in the words of a question for the record it is about.
STANDS_FOR: Mapping[RecordKind, str] = {"annex": "SID", "risk": "RSK", "assumption": "ASM"}
#: The states in which a record is asked about.
ASKED: Mapping[RecordKind, tuple[str, ...]] = {
    "annex": ("open",), "risk": ("open", "reduced"), "assumption": ("untested",), "stake": ("open",),
}  # fmt: skip
#: Records of one kind in one check-in at most: those with the nearest date first.
MOST = 6
LONGEST = 150  # characters of a name inside a question
OWNERS = "owners"


def people(checkin: CheckIn, cast: Cast, records: Iterable[Kept]) -> tuple[str, ...]:
    """Whom it goes to."""
    if OWNERS in checkin.audience.roles:
        kinds = {item.per for item in checkin.items}
        return tuple(sorted({one.owner for one in live(records) if one.owner and one.kind in kinds}))
    return cast.audience(checkin.audience)


def questions(checkin: CheckIn, cast: Cast, user: str, facts: Facts) -> tuple[Question, ...]:
    """What this person is asked, in order; a question about a record has its number ("C06a@SID-2")."""
    return tuple(
        one
        for item in checkin.items
        if OWNERS in item.question.audience.roles or user in cast.audience(item.question.audience)
        for one in _filled(item, user, facts)
    )


def live(records: Iterable[Kept]) -> list[Kept]:
    """Those that something is still expected of, the nearest date first."""
    left = [one for one in records if one.status in ASKED.get(one.kind, ()) and not one.restricted]
    return sorted(left, key=lambda one: (one.due is None, one.due or one.created_at.date(), one.number))


def _filled(item: Item, user: str, facts: Facts) -> Iterable[Question]:
    question = item.question
    if item.per is not None:
        theirs = [one for one in live(facts.records) if one.kind == item.per]
        if item.per in STANDS_FOR:
            theirs = [one for one in theirs if one.owner == user]
        return [_about(question, one) for one in theirs[:MOST]]
    if item.pending:
        return [replace(question, words=question.words.fill(n=facts.pending))] if facts.pending else []
    if item.quotes:
        wrote = facts.written.get(item.quotes)
        return [replace(question, words=question.words.fill(**{item.quotes: _cut(wrote)}))] if wrote else []
    if item.opts_from:
        return _promised(question, facts.choices.get(item.opts_from), facts.written.get(item.opts_from))
    return [question]


def _about(question: Question, record: Kept) -> Question:
    """The question about one record: named in its words, or before them."""
    title = Words(_cut(record.title.en), _cut(record.title.fr))
    named = Words("{ref} {title}", "{ref} {title}").fill(ref=record.ref, title=title)
    if place := STANDS_FOR.get(record.kind):
        words = question.words.fill(**{place: named})
    else:
        words = Words("{named} — {asked}", "{named} — {asked}").fill(named=named, asked=question.words)
    return replace(question, id=f"{question.id}@{record.ref}", words=words)


def _promised(question: Question, asked: Question | None, promised: Value) -> list[Question]:
    """The question with what was promised as its choices."""
    if asked is None or not promised:
        return []
    options = tuple(option for option in asked.options if option.value in promised)
    return [replace(question, options=options)] if options else []


def _cut(text: Value) -> str:
    said = " ".join(str(text).split())
    return said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + "…"
