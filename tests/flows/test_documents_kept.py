"""A document is kept and read again as it was; what changed between two versions is said by section."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from flows.document import keeping
from flows.document.blocks import RECORD
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


def test_somebody_who_reads_line_after_line_reads_a_label_once_and_each_cell_after_what_it_is() -> None:
    label, first, second = (Words.same(text) for text in ("Goals", "Sell more", "Call back"))
    assert keeping.told(Bullets(items=(first, second), label=label)) == (label, [first, second])
    assert keeping.told(Paragraph(words=first, label=label)) == (
        None,
        [Words("Goals: Sell more", "Goals : Sell more")],
    )
    head = (RECORD, Words("Goal", "Enjeu"), Words("Target", "Cible"), Words("By when", "Échéance"))
    row = (Words.same("GOA-1"), first, Words.same("60 %"), Words.same("—"))
    goals = keeping.told(Table(label=label, head=head, rows=(row,)))
    assert goals == (label, [Words("GOA-1 · Sell more · Target: 60 %", "GOA-1 · Sell more · Cible : 60 %")])
    people = keeping.told(Table(label=label, head=head[1:3], rows=((first, second),)))
    assert people == (label, [Words("Sell more · Target: Call back", "Sell more · Cible : Call back")])
    assert keeping.told(Figure(label=label, alt=first, drawing=second)) == (None, [])


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
    assert "1 | replaced by" not in over
    assert "Secret" not in shown
    assert "Waits" not in shown
    closed = facts(records=decisions, dialogues={"D03": Asked(days=3, closed=True)})
    assert "Waits" in markdown(log(playbook, closed), "fr")
    assert "No decision has been accepted yet." in text(playbook, facts())
    bare = markdown(log(playbook, facts(today=date(2026, 1, 28))), "en")
    assert bare.count("No decision") == bare.count("None has been replaced or set aside.") == 1


def test_the_log_says_who_is_to_decide_what_is_only_proposed(playbook: Playbook) -> None:
    by = {"decided_by": CLAIRE, "reversible": "yes"}
    proposed = record("decision", 1, "The route", status="proposed", source="RTE08", fields=by)
    nobody = record("decision", 2, "The lots", status="proposed")
    accepted = record("decision", 3, "The lead", status="accepted", source="SET08@A", fields=by)
    shown = markdown(log(playbook, facts(records=(proposed, nobody, accepted))), "fr").replace("\\", "")
    assert "| à décider par Claire Vasseur | oui | RTE08 |" in shown
    assert "| raison non donnée" not in shown
    assert "| ⚠ raison non donnée | — | — | à la main |" in shown
    assert "| Claire Vasseur | oui | SET08@A |" in shown
    assert "**Renseigné pour aucune de ces décisions**\n\nContexte, Options envisagées, Choix," in shown


def test_the_log_keeps_what_was_withdrawn_and_says_what_replaces_what(playbook: Playbook) -> None:
    old = record("decision", 1, "One lot", status="superseded")
    lost = record("decision", 2, "No lot", status="superseded")
    chosen = {"choice": "rfp", "review_date": "2026-06-01"}
    new = record("decision", 3, "Two lots", status="accepted", source="RTE08", fields=chosen)
    back = record("decision", 4, "Three lots", status="withdrawn")
    known = facts(records=(old, lost, new), withdrawn=(back,), replaces={"DEC-3": ("DEC-1",), "DEC-4": ()})
    document = log(playbook, known)
    standing, over = markdown(document, "en").replace("\\", "").split("## 2 Replaced or set aside")
    assert "| DEC-3 | 20 January 2026 | Two lots | accepted | Tender on terms of reference |" in standing
    assert "| DEC-1 | RTE08 |" in standing
    assert "| One lot | replaced by DEC-3 |" in over
    assert "| No lot | replaced |" in over
    assert "| Three lots | withdrawn |" in over
    assert [block.over for one in document.sections for block in one.blocks if isinstance(block, Table)] == [
        None,
        True,
    ]
    full = {key: "2026-06-01" if key == "review_date" else "yes" for key in (
        "context", "options", "reason", "loss", "minority", "reversible", "review_date")}  # fmt: skip
    told = replace(new, fields={**full, **chosen, "decided_by": CLAIRE, "method": "vote"})
    every = replace(known, records=(told,), withdrawn=())
    assert "Noted for none" not in markdown(log(playbook, every), "en")
    named = replace(new, title=Words("Route: Tender on terms of reference", "Voie"))
    assert "Choice" not in markdown(log(playbook, facts(records=(named,))), "en").split("Noted for none")[0]


def test_a_decision_of_the_evening_is_of_the_day_that_the_project_has(playbook: Playbook) -> None:
    late = replace(
        record("decision", 1, "Late", status="accepted"), created_at=datetime(2026, 1, 20, 23, 30, tzinfo=UTC)
    )
    assert "21 January 2026" in markdown(log(playbook, facts(records=(late,))), "en")


def test_a_version_says_who_had_it_made_and_by_id_where_it_is_kept(playbook: Playbook) -> None:
    for make in (note, log):
        assert make(playbook, facts(author=CLAIRE)).version.fr.endswith(", établie par Claire Vasseur")
        assert "prepared by" not in make(playbook, facts()).version.en
        kept = keeping.plain(make(playbook, facts(author=CLAIRE, names=keeping.by_id(NAMES))))
        assert "Claire" not in str(kept["version"])
        assert CLAIRE in keeping.people(kept)


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
