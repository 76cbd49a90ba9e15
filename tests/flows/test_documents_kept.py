"""A document is kept and read again as it was; what changed between two versions is said by section."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from flows.document import keeping
from flows.document.facts import Asked
from flows.document.log import log
from flows.document.markdown import markdown, written
from flows.document.model import Block, Bullets, Document, Figure, Missing, Paragraph, Section, Table
from flows.document.note import note
from flows.document.text import Reading
from flows.playbook import Playbook
from flows.words import Words
from tests.flows.stage import CLAIRE, NAMES
from tests.flows.test_note import facts, record, text
from tests.flows.test_note_sections import known

EVERY_KIND = Section(
    id="N01", title=Words("Summary", "Résumé"), blocks=(
        Paragraph(words=Words.same("One"), label=Words("Why", "Pourquoi"), origin=Words("OBJ05", "OBJ05")),
        Paragraph(words=Words.same("Alone")),
        Bullets(items=(Words.same("Two"),)),
        Table(label=Words("T", "T"), head=(Words("h", "t"),), rows=((Words.same("Three"),),)),
        Missing(words=Words("asked of HR, unanswered for 3 days", "demandé, sans réponse depuis 3 jours")),
        Figure(
            label=Words("Risks", "Risques"), alt=Words("RSK-1 high", "RSK-1 élevé"),
            drawing=Words("<svg/>", ""),
        ),
    ),
)  # fmt: skip
DOCUMENT = Document(
    title=Words("Title", "Titre"), version=Words("1", "1"), notices=(Words("DRAFT", "BROUILLON"),),
    changes=(), sections=(EVERY_KIND,),
)  # fmt: skip


def test_what_is_kept_is_read_again_as_it_was(playbook: Playbook) -> None:
    for document in (DOCUMENT, note(playbook, known())):
        kept = json.loads(json.dumps(keeping.plain(document)))
        assert keeping.read(kept) == document


def test_a_kept_document_names_people_as_they_are_called_when_it_is_read(playbook: Playbook) -> None:
    here = replace(known(), names=keeping.by_id(NAMES))
    kept = keeping.plain(note(playbook, here))
    assert "Claire Vasseur" not in str(kept)
    assert CLAIRE in keeping.people(kept)
    again = written(keeping.read(kept), Reading(language="en", names={CLAIRE: "a former member"}))
    assert "a former member" in again


def test_what_changed_is_said_by_section_and_days_that_pass_are_no_change() -> None:
    later = replace(EVERY_KIND, blocks=(
        *EVERY_KIND.blocks[1:4],
        Missing(words=Words("asked of HR, unanswered for 9 days", "demandé, sans réponse depuis 9 jours")),
        Paragraph(words=Words.same("New")),
    ))  # fmt: skip
    new = Section(id="N02", title=Words("Next", "Suite"), blocks=(Paragraph(words=Words.same("Fresh")),))
    before = keeping.plain(DOCUMENT)
    after = keeping.plain(replace(DOCUMENT, sections=(later, new)))
    said = [words.en for words in keeping.changes(before, after)]
    assert said == ["N01 Summary: 1 added, 2 taken out", "N02 Next: 1 added"]
    assert keeping.changes(before, before) == ()
    found = {(id, words.en, added) for id, words, added in keeping.difference(before, after)}
    assert found == {
        ("N01", "Why: One", False), ("N01", "RSK-1 high", False), ("N01", "New", True),
        ("N02", "Fresh", True),
    }  # fmt: skip


def kept_with(*blocks: Block) -> dict[str, Any]:
    """A document of one section with these blocks, as it is kept."""
    return keeping.plain(replace(DOCUMENT, sections=(replace(EVERY_KIND, blocks=blocks),)))


def needs(priority: str, *rows: str) -> Table:
    """The needs of one place of the board."""
    cells = tuple((Words.same(row),) for row in rows)
    return Table(label=Words(priority, priority), head=(Words("Need", "Besoin"),), rows=cells)


def test_a_need_that_has_another_priority_is_a_change() -> None:
    before = kept_with(needs("Must", "REQ-1", "REQ-7"), needs("Should", "REQ-2"))
    after = kept_with(needs("Must", "REQ-1"), needs("Should", "REQ-2", "REQ-7"))
    told = [(words.en, added) for _, words, added in keeping.difference(before, after)]
    assert told == [("Must: REQ-7", False), ("Should: REQ-7", True)]
    assert [words.en for words in keeping.changes(before, after)] == ["N01 Summary: 1 added, 1 taken out"]


def test_a_text_that_changed_in_one_language_is_a_change() -> None:
    before = kept_with(Paragraph(words=Words("Serve better", "Servir mieux")))
    after = kept_with(Paragraph(words=Words("Serve better", "Mieux servir")))
    told = [(words.fr, added) for _, words, added in keeping.difference(before, after)]
    assert told == [("Servir mieux", False), ("Mieux servir", True)]


def test_a_decision_on_what_was_answered_is_a_change_and_is_said_once() -> None:
    def backed(how: str, label: Words | None = None) -> dict[str, Any]:
        items = (Words.same("One"), Words.same("Two"))
        return kept_with(Bullets(items=items, label=label, origin=Words.same(f"OBJ05, {how}")))

    told = list(keeping.difference(backed("2 answers"), backed("decided, DEC-3")))
    assert [(words.en, added) for _, words, added in told] == [
        ("OBJ05, 2 answers", False),
        ("OBJ05, decided, DEC-3", True),
    ]
    why = Words("Why", "Pourquoi")
    named = list(keeping.difference(backed("2 answers", why), backed("contested", why)))
    assert [words.fr for _, words, _ in named] == [
        "Pourquoi (OBJ05, 2 answers)",
        "Pourquoi (OBJ05, contested)",
    ]
    assert keeping.changes(backed("contested"), backed("contested")) == ()


def test_what_people_typed_of_something_unanswered_is_no_time_that_passes() -> None:
    before = kept_with(Paragraph(words=Words.same("The calls, unanswered since May")))
    after = kept_with(Paragraph(words=Words.same("The calls, unanswered for 3 days")))
    assert len(list(keeping.difference(before, after))) == 2


def test_a_picture_is_its_words_in_markdown() -> None:
    shown = markdown(DOCUMENT, "en")
    assert "**Risks**\n\nPicture: RSK-1 high" in shown
    assert "**Why** (OBJ05)\n\nOne" in shown


def test_the_decision_log_leaves_no_decision_out_and_says_when_there_is_no_reason(playbook: Playbook) -> None:
    decisions = (
        record("decision", 1, "First", status="superseded", source="SET08"),
        record(
            "decision", 2, "Second", status="accepted", fields={"reason": "It is simpler", "loss": "Time"}
        ),
        record("decision", 3, "Secret", status="accepted", restricted=True),
        record("decision", 4, "Waits", status="accepted", source="SPO01"),
    )
    shown = markdown(log(playbook, facts(records=decisions)), "en").replace("\\", "")
    assert "| DEC-2 | 20 January 2026 | Second | accepted |" in shown
    assert "It is simpler" in shown
    standing, over = shown.split("## 2 Replaced or set aside")
    assert "| DEC-1 | 20 January 2026 | First | replaced |" in over
    assert "reason not given" in over
    assert "reason not given" not in standing
    assert "Secret" not in shown
    assert "Waits" not in shown
    closed = facts(records=decisions, dialogues={"D03": Asked(days=3, closed=True)})
    assert "Waits" in markdown(log(playbook, closed), "fr")
    assert "No decision has been accepted yet." in text(playbook, facts())
    bare = markdown(log(playbook, facts(today=date(2026, 1, 28))), "en")
    assert bare.count("No decision") == bare.count("None has been replaced or set aside.") == 1


def test_what_the_sign_off_lacks_is_no_gap_of_the_note() -> None:
    lacks = Missing(words=Words("To be completed", "À compléter"))
    done = Paragraph(words=Words.same("One"))
    sections = tuple(
        Section(id=id, title=Words.same(id), blocks=blocks)
        for id, blocks in (("N01", (lacks, done)), ("N02", (done,)), ("N25", (lacks, lacks)))
    )
    title = Words("Note", "Note")
    one = Document(title=title, version=title, notices=(), changes=(), sections=sections)
    assert one.gaps == 1
