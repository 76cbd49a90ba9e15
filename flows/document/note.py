"""The scoping note (DOC1, section 7.2 of the domain): sections N01 to N25, each with what is missing in it.

Contains no restricted record, no anonymous answer, and no name of a person who answered or did not.
"""

from functools import partial

from flows.document import (
    note_choice,
    note_goals,
    note_people,
    note_plan,
    note_register,
    note_sign,
    note_together,
    note_verdict,
    note_work,
)
from flows.document.edition import edition
from flows.document.facts import Asked, NoteFacts
from flows.document.missing import Source, find
from flows.document.model import Document, typed
from flows.playbook.model import Playbook
from flows.words import Words

__all__ = ["Asked", "NoteFacts", "note"]

DRAFT = Words("DRAFT", "BROUILLON")
NOT_REVIEWABLE = Words(
    "Not reviewable: nothing is written about the goals yet.",
    "Non relisible : aucun enjeu n’est encore écrit.",
)
RED_LIGHT = Words("DRAFT — no go for now", "BROUILLON — feu rouge en cours")


def note(playbook: Playbook, facts: NoteFacts) -> Document:
    """The note as it stands on `facts.today`."""
    seek = partial(find, playbook, facts)
    return Document(
        title=Words("Scoping note: {name}", "Note de cadrage : {name}").fill(name=typed(facts.project.name)),
        version=edition(facts),
        notices=(_draft(facts), *((NOT_REVIEWABLE,) if _nothing_written(seek("OBJ09")) else ())),
        changes=tuple(Words.same(change) for change in facts.changes),
        sections=(
            note_register.summary(playbook, seek, facts),
            note_goals.context(seek),
            note_goals.goal_section(seek),
            note_goals.scope(seek),
            note_people.steering(playbook, seek),
            note_people.sponsorship(playbook, seek),
            note_work.processes(playbook, seek, facts),
            note_work.gaps(seek, facts),
            note_work.annexes(seek),
            note_together.sharing(playbook, seek, facts),
            note_work.data(seek, facts),
            note_work.systems(seek, facts),
            note_together.people(playbook, seek, facts),
            note_together.rewards(seek),
            note_together.change(playbook, seek, facts),
            note_choice.needs(seek, facts),
            note_verdict.verdict(playbook, facts),
            note_plan.lots(playbook, seek, facts),
            note_plan.obstacles(seek, facts),
            note_choice.tradeoffs(seek, facts),
            note_choice.criteria(playbook, seek, facts),
            note_choice.discovery(seek, facts),
            note_choice.route(seek, facts),
            note_register.register(seek, facts),
            note_sign.sign_off(seek, facts),
        ),
    )


def _draft(facts: NoteFacts) -> Words:
    """The mark of a document that is not signed; of a route document's verdict while it is no go."""
    found = facts.judged.found
    return RED_LIGHT if found is not None and found.verdict == "NO_GO" else DRAFT


def _nothing_written(source: Source) -> bool:
    return any(answer.value == "none" for _, answer in source.given)
