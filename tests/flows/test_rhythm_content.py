"""Check-ins and the calendar as content: what ships, and every mistake said in a sentence."""

import shutil
from pathlib import Path

import pytest

from flows.playbook import ContentErrors, Playbook, load
from flows.playbook.loader import CRM

EDITS = {
    "checkins.yaml": (
        ("seen_by: [sponsor, facilitator]", "seen_by: [sponsor, nobody]", "“nobody”"),
        ("    seen_by: [lead, facilitator, expert]\n", "", "what is restricted says who reads it"),
        ("id: C04b, lab: agree", "id: C04b, lab: often", "C04b: there is no scale called “often”."),
        ("quotes: OBJ12", "quotes: OBJ99", "C09a: question OBJ99 does not exist."),
        (", opts_from: SPO03", "", "C03a: C03a offers no choices."),
        ("who: lead, per: stake", "who: boss, per: stake", "“boss”"),
        ("id: C10b", "id: C10a", "C10a: C10a is written twice."),
        ('who: "coach"\n    vis: restricted\n    seen_by: [facilitator]\n    minutes: 2',
         'who: "coach"\n    vis: restricted\n    seen_by: [facilitator]\n    minutes: 0', "minutes, not 0"),
    ),
    "calendar.yaml": (
        ("{what: C08, days: [-21]}", "{what: C77, days: [-21]}", "check-in C77 does not exist."),
        ("in: scoping, every: 28, with: [SPO06, SPO07]", "in: scoping, every: 28, with: [SET17]",
         "SET17 cannot be asked with a check-in."),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"), [(f, *one) for f, many in EDITS.items() for one in many]
)
def test_a_mistake_is_said_with_its_place(
    tmp_path: Path, file: str, old: str, new: str, sentence: str
) -> None:
    folder = tmp_path / "crm"
    shutil.copytree(CRM, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentErrors) as raised:
        load(folder)
    assert any(said.startswith(f"{file}, line ") and sentence in said for said in raised.value.sentences)


@pytest.mark.parametrize("line", ["{what: C04, in: build}", "{what: C04, every: 7}"])
def test_a_line_of_the_calendar_is_due_sometime(tmp_path: Path, line: str) -> None:
    folder = tmp_path / "crm"
    shutil.copytree(CRM, folder)
    (folder / "calendar.yaml").write_text(f"calendar:\n  - {line}\n", encoding="utf-8")
    with pytest.raises(ContentErrors, match="C04 is due on no day"):
        load(folder)


def test_a_playbook_may_have_no_rhythm(tmp_path: Path) -> None:
    folder = tmp_path / "crm"
    shutil.copytree(CRM, folder)
    for file in ("checkins.yaml", "calendar.yaml", "wins.yaml", "statements.yaml"):
        (folder / file).unlink()
    found = load(folder)
    assert (found.checkins, found.calendar) == ({}, ())


def test_who_reads_a_check_in_is_promised_in_content(playbook: Playbook) -> None:
    assert playbook.checkins["C03"].seen_by == ("sponsor", "facilitator")
    assert playbook.checkins["C04"].seen_by == ("lead", "facilitator", "expert")
    assert playbook.checkins["C10"].seen_by == ("facilitator",)
    every = {f"C{n:02}" for n in range(1, 11)}
    assert {one.what for one in playbook.calendar} == {*every, "D07"}, "and the future users' D07 (5.2)"
