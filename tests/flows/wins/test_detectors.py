"""Each of the 34 detectors: fires, does not fire, and gives one key for one thing (6.1, 6.4)."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import flows.wins
from flows.playbook import Playbook
from flows.playbook.wins import WinsText, findings, wins
from flows.wins import facts as shapes
from flows.wins.detectors import DETECTORS, detect, notes, revoked, said
from flows.wins.facts import (
    Answered,
    Assumption,
    Closed,
    Facts,
    Gap,
    Goal,
    Issue,
    Let,
    Lot,
    Note,
    Pair,
    Risk,
    Round,
    Session,
    Settled,
    Supporting,
    Try,
)
from flows.wins.model import Win, WinWords
from flows.wins.naming import called, folded
from flows.words import Words
from flows.written import parse

TODAY = date(2026, 2, 18)  # a Wednesday, week 8
BARE = Facts(today=TODAY)
ERP = Words("Who owns the contact records?", "Qui porte les fiches contacts ?")
ISSUE = Issue(ref="ISS-7", title=ERP, opened=date(2026, 2, 1), due=date(2026, 2, 13))
SETTLED = replace(ISSUE, live=False, settled=date(2026, 2, 17))
TRY = Try(
    ref="INI-1", statement="Un pense-bête par visite.", by=Words("A team", "Une équipe"), function="sales"
)
RISK = Risk(ref="RSK-3", title=ERP, score=6, answered=True)

#: For each detector: facts in which it fires, with its key, and facts in which something is lacking.
CASES: dict[str, tuple[Facts, str, Facts]] = {
    "WN01": (
        replace(BARE, goals=(Goal(indicator=True, target=True),)), "project",
        replace(BARE, goals=(Goal(indicator=True, target=False), Goal(indicator=False, target=True))),
    ),
    "WN02": (
        replace(BARE, rounds=(Round(id="r1", title=Words("Goals", "Objectifs"), complete=True),)), "r1",
        replace(BARE, rounds=(Round(id="r1", title=Words("Goals", "Objectifs"), complete=False),)),
    ),
    "WN03": (replace(BARE, committed=True), "project", BARE),
    "WN04": (replace(BARE, counterweights=True), "project", BARE),
    "WN05": (replace(BARE, roles_carried=True), "project", BARE),
    "WN06": (
        replace(BARE, gaps=(Gap(ref="GAP-1", function="service", owned=True, agreed=True),)), "service",
        replace(BARE, gaps=(Gap(ref="GAP-1", function="service", owned=False, agreed=True),
                            Gap(ref="GAP-2", function="service", owned=True, agreed=False))),
    ),
    "WN07": (
        replace(BARE, confronted={"marketing": 3, "sales": 4, "service": 3}), "project",
        replace(BARE, confronted={"marketing": 3, "sales": 9, "service": 2}),
    ),
    "WN08": (
        replace(BARE, supporting=(Supporting(ref="SID-2", title=ERP, owned=True, dated=True),)), "SID-2",
        replace(BARE, supporting=(Supporting(ref="SID-2", title=ERP, owned=True, dated=False),)),
    ),
    "WN09": (replace(BARE, supporting_decided=True), "project", BARE),
    "WN10": (
        replace(BARE, issues=(SETTLED,)), "ISS-7",
        replace(BARE, issues=(ISSUE, replace(SETTLED, ref="ISS-8", opened=date(2026, 2, 4)))),
    ),
    "WN11": (
        replace(BARE, issues=(SETTLED,)), "2026-W08",
        replace(BARE, issues=(SETTLED, replace(ISSUE, ref="ISS-8"))),
    ),
    "WN12": (
        replace(BARE, settled=(Settled(decision="DEC-4", title=ERP, days=5),)), "DEC-4",
        replace(BARE, settled=(Settled(decision="DEC-4", title=ERP, days=6),)),
    ),
    "WN13": (replace(BARE, pairs=(Pair(ref="TRD-2", title=ERP),)), "TRD-2", BARE),
    "WN14": (
        replace(BARE, must_share=60.0, noted=frozenset({"WN14:above"})), "project",
        replace(BARE, must_share=61.0, noted=frozenset({"WN14:above"})),
    ),
    "WN15": (replace(BARE, let_go=(Let(ref="REQ-9", function="sales"),)), "REQ-9", BARE),
    "WN16": (replace(BARE, causes=8), "project", replace(BARE, causes=7)),
    "WN17": (
        replace(BARE, risks=(RISK,), noted=frozenset({"WN17:RSK-3"})), "RSK-3",
        replace(BARE, noted=frozenset({"WN17:RSK-3"}),
                risks=(replace(RISK, answered=False), replace(RISK, score=10), replace(RISK, ref="RSK-4"))),
    ),
    "WN18": (replace(BARE, path_owned=True), "project", BARE),
    "WN19": (
        replace(BARE, lots=tuple(Lot(ref=f"LOT-{n}", title=ERP, exit=True) for n in (1, 2))), "project",
        replace(BARE, lots=(Lot(ref="LOT-1", title=ERP, exit=True), Lot(ref="LOT-2", title=ERP))),
    ),
    "WN20": (
        replace(BARE, assumptions=(Assumption(ref="ASM-2", title=ERP, status="refuted"),)), "ASM-2",
        replace(BARE, assumptions=(Assumption(ref="ASM-2", title=ERP, status="untested"),)),
    ),
    "WN21": (
        replace(BARE, sessions=(Session(ref="VND-1", whole_front=True),)), "VND-1",
        replace(BARE, sessions=(Session(ref="VND-1"),)),
    ),
    "WN22": (
        replace(BARE, sessions=(Session(ref="VND-1", changed=True),)), "VND-1",
        replace(BARE, sessions=(Session(ref="VND-1"),)),
    ),
    "WN23": (
        replace(BARE, closed_rules=(Closed(rule="R37", on=TODAY, short=ERP),)), "R37:2026-02-18", BARE,
    ),
    "WN24": (replace(BARE, tries=(replace(TRY, tried=True),)), "INI-1", replace(BARE, tries=(TRY,))),
    "WN25": (
        replace(BARE, tries=(replace(TRY, taken_up=("service",)),)), "INI-1:service",
        replace(BARE, tries=(replace(TRY, taken_up=("sales",)),)),
    ),
    "WN26": (replace(BARE, answered=(Answered(key="DEC-9", title=ERP),)), "DEC-9", BARE),
    "WN27": (replace(BARE, note=Note(version=3, signed=True)), "v3", replace(BARE, note=Note(version=3))),
    "WN28": (
        replace(BARE, note=Note(version=3, alignment=80)), "v3",
        replace(BARE, note=Note(version=3, alignment=79.9)),
    ),
    "WN29": (replace(BARE, charter=True), "project", BARE),
    "WN30": (replace(BARE, climbs=("w2",)), "w2", BARE),
    "WN31": (
        replace(BARE, lots=(Lot(ref="LOT-1", title=ERP, trained=True),)), "LOT-1",
        replace(BARE, lots=(Lot(ref="LOT-1", title=ERP),)),
    ),
    "WN32": (
        replace(BARE, lots=(Lot(ref="LOT-1", title=ERP, confirmed=True),)), "LOT-1",
        replace(BARE, lots=(Lot(ref="LOT-1", title=ERP),)),
    ),
    "WN33": (replace(BARE, issues=(replace(ISSUE, reopened="3"),)), "ISS-7", replace(BARE, issues=(ISSUE,))),
    "WN34": (replace(BARE, kept_months=("2026-01",)), "2026-01", BARE),
}  # fmt: skip


@pytest.fixture
def words(playbook: Playbook) -> WinWords:
    return playbook.wins


def test_every_detector_is_tried() -> None:
    assert [*CASES] == [*DETECTORS] == [f"WN{n:02}" for n in range(1, 35)]


@pytest.mark.parametrize("id", CASES)
def test_it_fires_when_it_should_and_not_when_something_is_lacking(id: str) -> None:
    fires, key, lacks = CASES[id]
    assert {(one.detector, one.key) for one in DETECTORS[id].find(fires)} == {(id, key)}
    assert [*DETECTORS[id].find(lacks)] == []
    assert [*DETECTORS[id].find(BARE)] == []


@pytest.mark.parametrize("id", CASES)
def test_its_words_are_filled_in_both_languages(id: str, words: WinWords) -> None:
    (found, *_) = DETECTORS[id].find(CASES[id][0])
    assert {*found.values} == {*DETECTORS[id].fills}
    told = said(found, words)
    assert "{" not in told.en + told.fr


def test_all_that_holds_is_found_each_key_once(words: WinWords) -> None:
    week = replace(BARE, issues=(SETTLED, replace(SETTLED, ref="ISS-8")))
    found = detect(week, words)
    assert [(one.detector, one.key) for one in found] == [
        ("WN10", "ISS-7"), ("WN10", "ISS-8"), ("WN11", "2026-W08"),
    ]  # fmt: skip
    assert detect(week, WinWords()) == (), "a playbook without words says nothing"


def test_what_is_made_again_bears_the_same_second_key() -> None:
    again = Words("Who owns the contact  records", "Qui porte les fiches contacts")
    assert folded(ERP) == folded(again)
    first, second = (
        next(DETECTORS["WN20"].find(replace(BARE, assumptions=(
            Assumption(ref=ref, title=title, status="confirmed"),)))).same
        for ref, title in (("ASM-2", ERP), ("ASM-9", again))
    )  # fmt: skip
    assert first == second


def test_what_was_high_is_noted_for_later() -> None:
    high = replace(BARE, must_share=60.5, risks=(replace(RISK, score=10), replace(RISK, ref="RSK-4")))
    assert notes(high) == {"WN14:above", "WN17:RSK-3"}
    assert notes(replace(high, must_share=60.0, risks=())) == frozenset()
    assert notes(BARE) == frozenset()


def test_nobody_is_named_through_a_title() -> None:
    assert called("ISS-7", Words.same("Ask <@U0INES> for the export?")).en == "ISS-7 Ask … for the export"


def test_an_anonymous_wave_has_words_of_its_own(words: WinWords) -> None:
    one = Round(id="w1", title=Words("Climate", "Climat"), complete=True, anonymous=True)
    (found,) = DETECTORS["WN02"].find(replace(BARE, rounds=(one,)))
    assert said(found, words).en.startswith("Climate: enough people")
    named = replace(found, anonymous=False)
    assert said(named, words).en == "Climate: everyone had their say. Thank you."


def test_an_overdue_issue_that_was_dropped_is_no_step() -> None:
    dropped = replace(ISSUE, live=False)
    early = replace(SETTLED, due=date(2026, 2, 20))
    last_week = replace(SETTLED, settled=date(2026, 2, 14))
    undated = replace(SETTLED, due=None)
    assert [*DETECTORS["WN11"].find(replace(BARE, issues=(dropped, early, last_week, undated)))] == []


def test_a_first_initiative_is_a_win_and_an_unknown_department_has_a_name(words: WinWords) -> None:
    bare = replace(TRY, function="", first=True, taken_up=("elsewhere",))
    (first,) = DETECTORS["WN24"].find(replace(BARE, tries=(bare,)))
    assert first.functions == ()
    assert said(first, words).fr == "Une équipe a essayé : Un pense-bête par visite. Merci d’avoir osé."
    (second,) = DETECTORS["WN25"].find(replace(BARE, tries=(bare,)))
    assert (
        said(second, words).fr
        == "Les bonnes idées voyagent : un service reprend INI-1 Un pense-bête par visite."
    )


def kept(number: int, type: str, ref: str, **more: object) -> Win:
    found = Win(number=number, type=type, said=ERP, ref=ref, found_at=datetime(2026, 2, 12, 9, tzinfo=UTC))
    return replace(found, **more)  # type: ignore[arg-type]


def test_what_is_opened_again_within_seven_days_revokes_its_win() -> None:
    wins = (
        kept(1, "WN10", "ISS-7"), kept(2, "WN20", "ASM-2"), kept(3, "WN13", "TRD-2"), kept(4, "WN01", ""),
        kept(5, "WN10", "ISS-7", revoked=True), kept(6, "WN13", "TRD-3"),
    )  # fmt: skip
    undone = replace(
        BARE, issues=(ISSUE,), assumptions=(Assumption(ref="ASM-2", title=ERP, status="untested"),),
        pairs=(Pair(ref="TRD-3", title=ERP),),
    )  # fmt: skip
    assert revoked(undone, wins, lambda win: win.found_at.date()) == (1, 2, 3)
    assert revoked(undone, wins, lambda win: date(2026, 2, 10)) == (), "after seven days it stays"
    assert revoked(replace(undone, issues=(SETTLED,)), wins[:1], lambda win: TODAY) == ()


BROKEN = """
wins_auto:
  - {id: WN01, when: "x", key: project, say_en: "A {goal}.", say_fr: "Un {goal}."}
  - {id: WN01, when: "x", key: project, say_en: "A.", say_fr: "Un."}
  - {id: WN99, when: "x", key: project, say_en: "A.", say_fr: "Un."}
  - {id: WN10, when: "x", key: ISS, say_en: "{ISS}", say_fr: "{days}", say_anon_en: "A."}
wins_manual:
  - {id: WM1, en: "A", fr: "Un", fields: "x"}
  - {id: WM1, en: "A", fr: "Un", fields: "x"}
"""


def test_broken_words_are_said_in_sentences() -> None:

    text = WinsText.model_validate(parse(BROKEN).values)
    sentences = [said for _, said in findings(text)]
    assert sentences[:8] == [
        "the detector of WN01 knows no {goal}",
        "the detector of WN01 knows no {goal}",
        "WN01 is written twice",
        "no detector is called WN99",
        "say_anon is needed in both languages, or in none",
        "say_en and say_fr use different placeholders",
        "detector WN02 has no words",
        "detector WN03 has no words",
    ]
    assert sentences[-1] == "WM1 is written twice"
    assert wins(text).manual["WM1"].words == Words("A", "Un")


def test_34_and_5_word_for_word(words: WinWords) -> None:
    kept = words
    assert len(kept.auto) == 34
    assert [*kept.manual] == ["WM1", "WM2", "WM3", "WM4", "WM5"]
    assert kept.auto["WN34"].to == "sponsor"
    assert {one.to for one in kept.auto.values() if one.id != "WN34"} == {"team"}
    assert kept.auto["WN33"].say.fr == (
        "{ISS} n’était pas vraiment réglé ; c’est dit franchement. C’est aussi une avancée."
    )


#: Words that would say that somebody is counted, ranked or scored (6.4 rule 1).
FORBIDDEN = ("rank", "leaderboard", "badge", "streak", "points", "per_person", "by_user", "most_active")


def test_nothing_counts_ranks_or_scores_a_person() -> None:
    files = Path(flows.wins.__file__).parent.glob("*.py")
    names = [line for file in files for line in file.read_text(encoding="utf-8").lower().splitlines()
             if line.strip().startswith(("def ", "class ")) or "=" in line]  # fmt: skip
    assert not [line for line in names if any(word in line for word in FORBIDDEN)]
    held = [f.name for shape in vars(shapes).values() if hasattr(shape, "__dataclass_fields__")
            for f in fields(shape)]  # fmt: skip
    assert not {"user", "author", "answers", "seconds", "reactions", "logins"} & {*held}, "facts know nobody"
