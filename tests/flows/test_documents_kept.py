"""A document is kept and read again as it was; what changed between two versions is said by section."""

import json
from dataclasses import replace
from datetime import date

from flows.document import keeping
from flows.document.facts import Asked
from flows.document.log import log
from flows.document.markdown import markdown, written
from flows.document.model import Bullets, Document, Figure, Missing, Paragraph, Section, Table
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
