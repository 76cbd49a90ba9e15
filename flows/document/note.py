"""The scoping note (DOC1, section 7.2 of the domain): sections N01 to N06 and N24.

The others come with the dialogues that fill them, and the note says so. Contains no restricted
record, no anonymous answer, and no name of a person who answered or did not.
"""

from functools import partial

from flows.dates import long_date
from flows.document import note_goals, note_people, note_register
from flows.document.facts import Asked, NoteFacts
from flows.document.missing import Source, find
from flows.document.model import Document, Missing, Section, typed
from flows.playbook.model import Playbook
from flows.words import Words

__all__ = ["Asked", "NoteFacts", "note"]

DRAFT = Words("DRAFT", "BROUILLON")
NOT_REVIEWABLE = Words(
    "Not reviewable: nothing is written about the goals yet.",
    "Non relisible : rien n’est encore écrit sur les objectifs.",
)
LATER = Words(
    "⚠ To be completed — sections N07 to N23 and N25: their dialogues have not been sent yet.",
    "⚠ À compléter — sections N07 à N23 et N25 : leurs dialogues n’ont pas encore été envoyés.",
)


def note(playbook: Playbook, facts: NoteFacts) -> Document:
    """The note as it stands on `facts.today`."""
    seek = partial(find, playbook, facts)
    version = Words("Version {n}, {day}", "Version {n}, {day}").fill(
        n=facts.version, day=long_date(facts.today)
    )
    return Document(
        title=Words("Scoping note: {name}", "Note de cadrage : {name}").fill(name=typed(facts.project.name)),
        version=version,
        notices=(DRAFT, *((NOT_REVIEWABLE,) if _nothing_written(seek("OBJ09")) else ())),
        changes=tuple(Words.same(change) for change in facts.changes),
        sections=(
            note_register.summary(playbook, seek, facts),
            note_goals.context(seek),
            note_goals.goal_section(seek),
            note_goals.scope(seek),
            note_people.steering(playbook, seek),
            note_people.sponsorship(playbook, seek),
            note_register.register(seek, facts),
            Section(
                id="N07–N25",
                title=Words("Sections to come", "Sections à venir"),
                blocks=(Missing(words=LATER),),
            ),
        ),
    )


def _nothing_written(source: Source) -> bool:
    return any(answer.value == "none" for _, answer in source.given)
