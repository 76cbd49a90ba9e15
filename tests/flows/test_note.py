"""The scoping note: never blank, never invented, nothing restricted, no name of who answered."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from flows.dialogue.model import Answer
from flows.document.facts import Asked, NoteFacts
from flows.document.markdown import escape, markdown
from flows.document.missing import find
from flows.document.model import (
    SECTIONS,
    TYPED,
    Bullets,
    Document,
    Figure,
    Missing,
    Paragraph,
    Section,
    Table,
    typed,
)
from flows.document.note import note
from flows.playbook import Playbook
from flows.project import Project
from flows.register.model import Kept
from flows.words import LANGUAGES, Language, Words
from tests.flows.questions import answer
from tests.flows.stage import BOREAL, CLAIRE, ELODIE, HUGO, MARC, NAMES
from tests.flows.test_first_look import BASE

MADE = datetime(2026, 1, 20, 9, tzinfo=UTC)
PROJECT = Project(
    id="p1", workspace="T1", name="Boréal", channel="C1", language="fr", start=date(2026, 1, 12),
    created_at=MADE, creator=ELODIE, cast=BOREAL,
)  # fmt: skip
Rows = dict[str, tuple[tuple[str, Answer], ...]]


def form(**values: Any) -> Rows:
    return {id: (("", answer(value, by=ELODIE)),) for id, value in values.items()}


def by_people(id: str, **values: Any) -> Rows:
    return {id: tuple((who, answer(value, by=who)) for who, value in values.items())}


def record(kind: Any, number: int, title: str, **more: Any) -> Kept:
    return Kept(kind=kind, number=number, title=Words(title, title), created_at=MADE, **more)


GOAL = record(
    "stake", 1, "Keep our dealers", source="OBJ02", due=date(2026, 12, 31),
    fields={"statement": "Keep our dealers", "indicator": "dealers lost", "target": "2"},
)  # fmt: skip
DAILY = record(
    "stake", 2, "See the last exchange", source="OBJ03",
    fields={"statement": "See the last exchange", "function": "sales", "indicator": "time", "target": "1"},
)  # fmt: skip
EVERYTHING: Rows = {
    **form(**BASE, SET15=["k_tech"], SET16="Jeanne, coach@example.org", OBJ09="shared"),
    **by_people("OBJ01", UHUGO="They call one person", UMARC="Fewer calls"),
    **by_people("OBJ04", UHUGO=["trace", "structure", "activity", "revenue", "experience", "steering"]),
    **by_people("OBJ05", UHUGO="pain", UMARC="pain", UINES="fashion"),
    **by_people("OBJ07", UHUGO=3, UMARC=4),
    **by_people("OBJ11", UHUGO="reserved", UMARC="yes"),
    **by_people("OBJ11a", UHUGO="I have not seen what sales gains"),
    **by_people("OBJ12", UHUGO="Nobody asks twice"),
    **by_people("SPO01", UCLAIRE="verbal"),
    **by_people("SPO04", UCLAIRE="monthly"),
    **by_people("SPO05", UCLAIRE="cross", UMARC="two_functions"),
}
REGISTER = (
    GOAL, DAILY,
    record("risk", 1, "As last time: people", fields={"score": 9}),
    record("exclusion", 1, "Not a way to watch people", source="OBJ10"),
    record("commitment", 1, "Open the kick-off meeting", source="SPO03"),
    record("constraint", 1, "Nobody is ranked", source="SPO08"),
    record("decision", 1, "Who steers: a business director", status="proposed"),
    record("decision", 2, "The sponsor’s commitment: spoken", status="accepted", source="SPO01"),
    record("issue", 2, "Name the arbiter", owner=MARC, due=date(2026, 2, 2)),
    record("issue", 1, "Over since", status="resolved"),
    record("issue", 3, "Nobody holds this one"),
    record("issue", 4, "Name a contact for: Works council", owner=MARC, restricted=True),
    record("stakeholder", 1, "Works council", restricted=True, source="SET21"),
)  # fmt: skip
CLOSED = {id: Asked(days=8, closed=True) for id in ("D01", "D02", "D03")}


def facts(**more: Any) -> NoteFacts:
    fields: dict[str, Any] = {"project": PROJECT, "names": NAMES, "today": date(2026, 1, 28), **more}
    return NoteFacts(**fields)


def full(**more: Any) -> NoteFacts:
    expected = {"OBJ08": 8, "OBJ09": 1, "OBJ11": 8, "OBJ11a": 1, "OBJ01": 8}
    fields = {"answers": EVERYTHING, "records": REGISTER, "dialogues": CLOSED, "expected": expected, **more}
    return facts(**fields)


def text(playbook: Playbook, known: NoteFacts, language: Language = "en") -> str:
    return markdown(note(playbook, known), language).replace("\\", "")


def section(document: Document, id: str) -> Section:
    return next(section for section in document.sections if section.id == id)


def test_an_empty_project_has_a_note_that_says_what_is_missing(playbook: Playbook) -> None:
    document = note(playbook, facts())
    assert tuple(s.id for s in document.sections) == SECTIONS
    assert all(s.blocks for s in document.sections)
    shown = text(playbook, facts())
    assert "⚠ To be completed — not asked yet" in shown
    assert "No decision has been accepted yet." in shown
    assert "No open issue." in shown
    assert "DRAFT" in shown
    assert [s.complete for s in document.sections if s.id == "N24"] == [True]
    assert not section(document, "N02").complete


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_full_note_in_both_languages(playbook: Playbook, language: Language) -> None:
    shown = text(playbook, full(), language)
    assert "None" not in shown
    assert "{" not in shown
    assert all(
        ref in shown for ref in ("GOA-1", "GOA-2", "EXC-1", "COM-1", "CON-1", "DEC-1", "DEC-2", "ISS-2")
    )


def test_a_decision_bears_the_day_it_had_where_the_project_is(playbook: Playbook) -> None:
    """Half past midnight in Paris is still the day before in UTC."""
    late = replace(REGISTER[7], created_at=datetime(2026, 1, 20, 23, 30, tzinfo=UTC))
    shown = text(playbook, full(records=(late,)))
    assert "| DEC-2 | The sponsor’s commitment: spoken | 21 January 2026 |" in shown


def test_a_sponsor_who_goes_on_in_spite_of_a_verdict_says_why_on_the_first_page(playbook: Playbook) -> None:
    why = "The old tool stops in September"
    spoken = record("decision", 9, "The sponsor goes on", status="accepted", fields={"override_reason": why})
    before = replace(spoken, number=8, status="superseded", fields={"override_reason": "An older reason"})
    document = note(playbook, full(records=(before, spoken)))
    page = section(document, "N01")
    assert [block.words.en for block in page.blocks if isinstance(block, Paragraph)][-1] == why
    assert "An older reason" not in text(playbook, full(records=(before, spoken)))


def test_every_answer_stands_in_its_section(playbook: Playbook) -> None:
    shown = text(playbook, full())
    for words in (
        "The product itself", "From the top, quickly", "A clear problem bothers customers or teams: 2 of 3",
        "They call one person", "A record of what was done with each customer (mean rank 1.0)",
        "Written and shared", "Yes, with a reservation (say which): 1 of 2",
        "I have not seen what sales gains",
        "Nobody asks twice", "Blind spots: Often less at ease with technology", "Jeanne, coach@example.org",
        "Marc Delorme | Sales | Drives the work (one person)", "To two departments together", "Spoken only",
        "| GOA-1 | Keep our dealers | dealers lost | — | 2 | 31 December 2026 |",
        "| GOA-2 | See the last exchange | Sales | time | 1 | — |", "RSK-1 As last time: people",
        "⚠ R53: Make sponsorship official", "| ISS-2 | Name the arbiter | Marc Delorme | 2 February 2026 |",
        "| ISS-3 | Nobody holds this one | not named | — |", "No shared sentence on what the tool",
    ):  # fmt: skip
        assert words in shown, words


def test_nothing_restricted_leaks_into_what_the_channel_reads(playbook: Playbook) -> None:
    shown = text(playbook, full())
    assert "Works council" not in shown
    assert "STK" not in shown
    assert "ISS-4" not in shown
    assert find(playbook, full(), "SET21").given == ()


def test_no_name_stands_beside_what_a_person_wrote(playbook: Playbook) -> None:
    goals = section(note(playbook, full()), "N03")
    assert "Hugo" not in repr(goals)
    assert HUGO not in repr(goals)


def test_peoples_answers_wait_for_the_closing_forms_do_not(playbook: Playbook) -> None:
    open_ = {id: Asked(days=3, closes_on=date(2026, 2, 5)) for id in CLOSED}
    shown = text(playbook, full(dialogues=open_))
    assert "What changes for customers: ⚠ 2 of 8 answers; shown once this closes (5 February 2026)" in shown
    assert "They call one person" not in shown
    assert "EXC-1" not in shown
    assert "DEC-2" not in shown
    assert "Records from dialogues still open, shown once they close: 1." in shown
    assert "GOA-1" in shown
    undated = text(playbook, full(dialogues={id: Asked(days=3) for id in CLOSED}))
    assert "⚠ 2 of 8 answers; shown once this closes\n" in undated


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "unanswered so far"), (1, "unanswered for 1 day"), (6, "unanswered for 6 days")],
)
def test_an_unanswered_form_says_of_whom_and_since_when(playbook: Playbook, days: int, words: str) -> None:
    shown = text(playbook, facts(dialogues={"D01": Asked(days=days, closed=True)}))
    assert f"Where we start from: ⚠ To be completed — asked of the facilitator, {words}" in shown


def test_a_question_of_several_people_says_only_how_many(playbook: Playbook) -> None:
    shown = text(playbook, facts(dialogues=CLOSED, expected={"OBJ01": 8}))
    assert "What changes for customers: ⚠ 0 of 8 answers\n" in shown


def test_what_is_missing_agrees_in_number_and_in_french(playbook: Playbook) -> None:
    wanted = {"OBJ01": 8, "SPO01": 1}
    known = facts(dialogues={"D02": Asked(days=1, closed=True), "D03": Asked(days=1)}, expected=wanted)
    shown = markdown(note(playbook, known), "fr")
    assert "Ce qui change pour les clients : ⚠ 0 réponse sur 8\n" in shown
    assert "demandé au sponsor et au pilote du projet, sans réponse depuis 1 jour" in shown
    assert "Engagement officiel du sponsor : ⚠ 0 réponse sur 1 ; visible à la clôture" in shown
    assert "⚠ 0 of 1 answer; shown once this closes" in text(playbook, known)


def test_what_nobody_knows_is_an_open_question_with_its_owner(playbook: Playbook) -> None:
    issue = record("issue", 7, "Arbiter — to be found out", source="SET12", owner=CLAIRE, asked_by=1)
    shown = text(playbook, facts(dialogues=CLOSED, records=(replace(issue, due=date(2026, 2, 2)),)))
    assert (
        "❓ Open question ISS-7: Arbiter — to be found out — owner Claire Vasseur, due 2 February 2026"
        in shown
    )
    undated = text(playbook, facts(dialogues=CLOSED, records=(replace(issue, owner=None),)))
    assert "ISS-7: Arbiter — to be found out — owner not named\n" in undated
    secret = text(playbook, facts(dialogues=CLOSED, records=(replace(issue, restricted=True),)))
    assert "ISS-7" not in secret


def test_typed_words_within_a_sentence_of_ours_stay_as_typed_too(playbook: Playbook) -> None:
    typed = record("issue", 7, "Qui paie ?", source="SET12", owner=CLAIRE)
    given = facts(dialogues=CLOSED, records=(typed,))
    ours = record("issue", 8, "x", source="SET11", owner=CLAIRE)
    known = replace(given, records=(typed, replace(ours, title=Words("What?", "Quoi ?"))))
    known = replace(known, project=replace(PROJECT, name="Et si ?"))
    shown = markdown(note(playbook, known), "fr", lambda text, _: text.replace(" ?", "\u202f?"))
    assert "Note de cadrage : Et si ?" in shown
    assert "Qui paie ?" in shown
    assert "Quoi\u202f?" in shown
    assert not any(mark in shown for mark in TYPED)


def test_a_later_part_that_was_not_sent_is_not_asked_yet(playbook: Playbook) -> None:
    shown = text(playbook, facts(dialogues=CLOSED))
    assert "State of the written goals: ⚠ To be completed — not asked yet" in shown
    sent = text(playbook, facts(dialogues={"D02": Asked(days=11, closed=True)}, expected={"OBJ09": 1}))
    assert "goals: ⚠ To be completed — asked of the facilitator, unanswered so far" in sent, "not for 11 days"


def test_without_written_goals_the_note_cannot_be_reviewed(playbook: Playbook) -> None:
    known = facts(answers=form(OBJ09="none"), dialogues=CLOSED, expected={"OBJ09": 1})
    assert "Not reviewable" in text(playbook, known)


def test_no_exclusion_is_said_once_people_have_answered(playbook: Playbook) -> None:
    assert "No exclusion was agreed." in text(playbook, facts(dialogues=CLOSED))


def test_what_depends_on_an_answer_is_not_asked_for_without_it(playbook: Playbook) -> None:
    """SET03 only after a replacement, SET09 only once decided, SET15 only with an expert."""
    first = {**BASE, "SET02": "first", "SET08": "undecided", "SET14": "external"}
    known = full(answers=form(**first, SET15=["k_tech"]))
    shown = text(playbook, known)
    assert "What explained the gap last time" not in shown
    assert "Counterweights in place" not in shown
    assert "R50" in shown
    assert "Knows CRM technology and operations" in shown


def test_a_team_without_a_function_shows_which(playbook: Playbook) -> None:
    members = tuple(member for member in BOREAL.members if member.function != "it")
    project = replace(PROJECT, cast=replace(BOREAL, members=members))
    shown = text(playbook, full(project=project))
    assert "**Missing functions** (SET13, 1 answer)\n\n- IT" in shown
    assert "R59" in shown


def test_changes_since_the_previous_version_are_listed(playbook: Playbook) -> None:
    shown = text(playbook, facts(version=2, changes=("DEC-2", "GOA-1")), "fr")
    assert "Version 2, mercredi 28 janvier 2026" in shown
    assert "Depuis la version précédente\n\n- DEC-2\n- GOA-1" in shown


def test_an_unknown_question_is_a_mistake_of_the_programmer(playbook: Playbook) -> None:
    with pytest.raises(KeyError):
        find(playbook, facts(), "XXX99")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("*bold* _it_ `code`", r"\*bold\* \_it\_ \`code\`"),
        ("<script>", r"\<script\>"),
        ("[link](https://x)", r"\[link\](https://x)"),
        ("a | b", r"a \| b"),
        ("# not a title", r"\# not a title"),
        ("1. not a list", r"1\. not a list"),
        ("12) neither", r"12\) neither"),
        ("- nor this", r"\- nor this"),
        ("back\\slash & co", r"back\\slash \& co"),
        ("well-known #1", "well-known #1"),
    ],
)
def test_what_people_type_stays_text(typed: str, written: str) -> None:
    assert escape(typed) == written


def test_every_block_has_its_markdown() -> None:
    blocks = (
        Paragraph(words=Words("alone", "seul")), Bullets(items=(Words("a\nb", "c"),)),
        Table(label=Words("T", "T"), head=(Words("h", "t"),), rows=((Words("x|y", "z"),),)),
        Missing(words=Words("gone", "absent")),
    )  # fmt: skip
    document = Document(
        title=Words("Title", "Titre"), version=Words("1", "1"), notices=(), changes=(),
        sections=(Section(id="N01", title=Words("S", "S"), blocks=blocks),),
    )  # fmt: skip
    assert markdown(document, "en") == (
        "# Title\n\n1\n\n## N01 S\n\nalone\n\n- a / b\n\n**T**\n\n| h |\n| --- |\n| x\\|y |\n\n> gone\n"
    )


def test_what_a_block_is_called_is_said_once_and_begins_with_a_capital() -> None:
    named = Words("kept for later", "gardé pour plus tard")
    blocks = (
        Bullets(items=(Words("a", "a"),), label=named),
        Figure(label=named, alt=Words("drawn", "dessiné"), drawing=Words("<svg/>", "<svg/>")),
        Missing(words=Words("gone", "absent")),
        Paragraph(words=Words("b", "b"), label=Words("Other", "Autre")),
    )
    labels = [label and label.en for _, label in section_of(blocks).labelled]
    assert labels == ["Kept for later", None, None, "Other"]


def section_of(blocks: tuple[Any, ...]) -> Section:
    return Section(id="N01", title=Words("S", "S"), blocks=blocks)


def test_a_document_is_long_from_ten_sections_on() -> None:
    one = section_of((Paragraph(words=Words("a", "a")),))
    document = Document(
        title=Words("T", "T"), version=Words("1", "1"), notices=(), changes=(), sections=(one,) * 9
    )
    assert not document.long
    assert replace(document, sections=(one,) * 10).long


def test_typography_is_for_our_own_words_what_people_typed_stays_as_written() -> None:
    section = Section(
        id="N01", title=Words("Why", "Pourquoi ?"), blocks=(Paragraph(words=Words.same("Vraiment ?")),)
    )
    document = Document(
        title=Words("Title", "Titre"), version=Words("1", "1"), notices=(), changes=(), sections=(section,)
    )
    shown = markdown(document, "fr", lambda text, language: text.replace(" ?", "\u202f?"))
    assert "Pourquoi\u202f?" in shown
    assert "Vraiment ?" in shown


def test_words_that_differ_between_the_languages_are_ours_and_get_typography() -> None:
    ours = Words("Who pays?", "Qui paie ?")
    assert typed(ours) is ours
    marked = typed("Qui paie ?")
    assert marked == typed(Words.same("Qui paie ?"))
    assert marked != "Qui paie ?"
