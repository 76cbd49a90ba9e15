"""The decision log (DOC6, 7.7): every decision everybody may read, newest first, none ever left out.

What people's own answers recorded waits for the closing of their dialogue, as everywhere.
"""

from collections.abc import Sequence
from functools import partial

from flows.cadence import zone
from flows.dates import short_date
from flows.dialogue.show import NOTHING, joined
from flows.document.blocks import RECORD, cell
from flows.document.edition import edition
from flows.document.facts import NoteFacts
from flows.document.missing import Find, Source, find, held_back, question
from flows.document.model import Block, Document, Paragraph, Section, Table, typed
from flows.document.note_register import NO_DECISION
from flows.playbook.model import Playbook
from flows.register.model import Kept
from flows.register.shown import FIXED, chosen
from flows.register.takeaway import CHOICE, SUPERSEDES
from flows.words import Words

#: Fields of 7.7 after the number, the day, the title and the state, in the order of their columns.
FIELDS = (
    "context", "options", "choice", "reason", "loss", "decided_by", "method", "minority", "reversible",
    "review_date", "supersedes", "source",
)  # fmt: skip
#: What each row begins with.
HEAD = ("ref", "day", "title", "state")
#: Those that have a column even where no decision says anything.
ALWAYS = frozenset({"reason", "decided_by", "source"})
NAMED = {
    **{key: name for key, (name, _) in FIXED.items()},
    "choice": CHOICE,
    "supersedes": SUPERSEDES,
    "source": Words("Source", "Source"),
}
NO_REASON = Words("⚠ reason not given", "⚠ raison non donnée")
TO_DECIDE = Words("to be decided by {name}", "à décider par {name}")
REPLACED_BY = Words("{state} by {refs}", "{state} par {refs}")
BY_HAND = Words("by hand", "à la main")
NOWHERE = Words("Noted for none of these decisions", "Renseigné pour aucune de ces décisions")
STANDING = Words("Decisions accepted or proposed", "Décisions acceptées ou proposées")
OVER = Words("Replaced or set aside", "Remplacées ou écartées")
#: What an empty section says.
NONE = {
    "1": NO_DECISION,
    "2": Words("None has been replaced or set aside.", "Aucune n’a été remplacée ni écartée."),
}
TITLE = Words("Decision log: {name}", "Journal des décisions : {name}")


def log(playbook: Playbook, facts: NoteFacts) -> Document:
    """The log as it stands on `facts.today`. What is replaced, refused or withdrawn stays in it."""
    seek = partial(find, playbook, facts)
    decisions = [
        one
        for one in (*facts.records, *facts.withdrawn)
        if one.kind == "decision" and not one.restricted and not held_back(seek, one)
    ]
    newest = sorted(decisions, key=lambda one: (one.created_at, one.number), reverse=True)
    standing = [one for one in newest if one.status in ("proposed", "accepted")]
    over = [one for one in newest if one not in standing]
    return Document(
        title=TITLE.fill(name=typed(facts.project.name)),
        version=edition(facts),
        notices=(),
        changes=tuple(Words.same(change) for change in facts.changes),
        sections=(
            _section("1", STANDING, standing, playbook, seek),
            _section("2", OVER, over, playbook, seek),
        ),
    )


def _section(id: str, title: Words, decisions: list[Kept], playbook: Playbook, seek: Find) -> Section:
    if not decisions:
        return Section(id=id, title=title, blocks=(Paragraph(words=NONE[id]),))
    rows = [_row(one, playbook, seek) for one in decisions]
    told = [key for key in FIELDS if key in ALWAYS or any(row[key] != NOTHING for row in rows)]
    first = (RECORD, Words("Recorded on", "Notée le"), Words("Decision", "Décision"), Words("State", "État"))
    found: list[Block] = [
        Table(
            label=title,
            head=(*first, *(NAMED[key] for key in told)),
            rows=tuple(tuple(row[key] for key in (*HEAD, *told)) for row in rows),
            over=True if id == "2" else None,
        )
    ]
    if len(told) < len(FIELDS):
        names = joined([NAMED[key] for key in FIELDS if key not in told], ", ")
        found.append(Paragraph(words=names, label=NOWHERE))
    return Section(id=id, title=title, blocks=tuple(found))


def _row(one: Kept, playbook: Playbook, seek: Find) -> dict[str, Words]:
    """Every cell of a decision, by its field."""
    source = _source(one, playbook, seek)
    facts = source.facts
    found = {key: cell(source, one, key) for key in FIELDS if key in FIXED}
    day = one.created_at.astimezone(zone(facts.project.zone)).date()
    return {
        "ref": Words.same(one.ref),
        "day": short_date(day),
        "title": one.title,
        "state": _state(one, source),
        **found,
        "choice": _choice(one, source),
        "reason": NO_REASON if found["reason"] == NOTHING else found["reason"],
        "decided_by": _by_whom(one, found["decided_by"]),
        "supersedes": _refs(facts.replaces.get(one.ref, ())),
        "source": Words.same(one.source) if one.source else BY_HAND,
    }


def _state(one: Kept, source: Source) -> Words:
    """The state; of what was replaced also by which decision."""
    said = cell(source, one, "state")
    later = [ref for ref, old in source.facts.replaces.items() if one.ref in old]
    if one.status != "superseded" or not later:
        return said
    return REPLACED_BY.fill(state=said, refs=", ".join(later))


def _choice(one: Kept, source: Source) -> Words:
    """What was chosen, unless the title says it already."""
    said = chosen(one, source.asked_about(one.source.partition("@")[0]), source.facts.names)
    return NOTHING if said is None or said.en in one.title.en else said


def _by_whom(one: Kept, name: Words) -> Words:
    """Who decided; of what is only proposed, who is to."""
    return TO_DECIDE.fill(name=name) if one.status == "proposed" and name != NOTHING else name


def _refs(refs: Sequence[str]) -> Words:
    return Words.same(", ".join(refs)) if refs else NOTHING


def _source(one: Kept, playbook: Playbook, seek: Find) -> Source:
    """The question it comes from; for what was recorded by hand, any that has no columns of its own."""
    known = question(playbook, one.source.partition("@")[0]) is not None
    return seek(one.source.partition("@")[0] if known else "RTE08")
