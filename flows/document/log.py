"""The decision log (DOC6, 7.7): every decision everybody may read, newest first, none ever left out.

What people's own answers recorded waits for the closing of their dialogue, as everywhere.
"""

from functools import partial

from flows.dates import long_date, short_date
from flows.dialogue.show import NOTHING
from flows.document.blocks import RECORD, cell
from flows.document.facts import NoteFacts
from flows.document.missing import Find, Source, find, held_back, question
from flows.document.model import Document, Paragraph, Section, Table, typed
from flows.document.note_register import NO_DECISION
from flows.playbook.model import Playbook
from flows.register.model import Kept
from flows.register.shown import FIXED
from flows.words import Words

#: Fields of 7.7 after the number, the day and the title. Source and what it replaces are links of the page.
FIELDS = ("context", "options", "reason", "loss", "decided_by", "method", "minority", "review_date")
NO_REASON = Words("reason not given", "raison non donnée")
STANDING = Words("Decisions accepted or proposed", "Décisions acceptées ou proposées")
OVER = Words("Replaced or set aside", "Remplacées ou écartées")
#: What an empty section says.
NONE = {
    "1": NO_DECISION,
    "2": Words("None has been replaced or set aside.", "Aucune n’a été remplacée ni écartée."),
}
TITLE = Words("Decision log: {name}", "Journal des décisions : {name}")
VERSION = Words("Version {n}, {day}", "Version {n}, {day}")


def log(playbook: Playbook, facts: NoteFacts) -> Document:
    """The log as it stands on `facts.today`. What is replaced or refused stays in it, and says so."""
    seek = partial(find, playbook, facts)
    decisions = [
        one
        for one in facts.records
        if one.kind == "decision" and not one.restricted and not held_back(seek, one)
    ]
    newest = sorted(decisions, key=lambda one: (one.created_at, one.number), reverse=True)
    standing = [one for one in newest if one.status in ("proposed", "accepted")]
    over = [one for one in newest if one not in standing]
    return Document(
        title=TITLE.fill(name=typed(facts.project.name)),
        version=VERSION.fill(n=facts.version, day=long_date(facts.today)),
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
    head = (
        RECORD,
        Words("Recorded on", "Notée le"),
        Words("Decision", "Décision"),
        Words("State", "État"),
        *(FIXED[key][0] for key in FIELDS),
    )
    rows = tuple(_row(one, playbook, seek) for one in decisions)
    return Section(id=id, title=title, blocks=(Table(label=title, head=head, rows=rows),))


def _row(one: Kept, playbook: Playbook, seek: Find) -> tuple[Words, ...]:
    source = _source(one, playbook, seek)
    said = [cell(source, one, key) for key in FIELDS]
    reason = FIELDS.index("reason")
    said[reason] = NO_REASON if said[reason] == NOTHING else said[reason]
    day = short_date(one.created_at.date())
    return (Words.same(one.ref), day, one.title, cell(source, one, "state"), *said)


def _source(one: Kept, playbook: Playbook, seek: Find) -> Source:
    """The question it comes from; for what was recorded by hand, any that has no columns of its own."""
    known = question(playbook, one.source.partition("@")[0]) is not None
    return seek(one.source.partition("@")[0] if known else "RTE08")
