"""What a named check-in asks of each person, and what the answers lead to (5.1)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from flows.checkin.asking import LONGEST, people, questions
from flows.checkin.model import Facts
from flows.checkin.readings import Answered, distances, follows, kept_share, promises_slip, rough_weather
from flows.dialogue.effects import RecordKind
from flows.playbook import Playbook
from flows.project import Cast, Member
from flows.register.model import Kept
from flows.words import Words

DAY = date(2026, 6, 2)
NOTHING = Facts()
CAST = Cast(
    holders={"sponsor": "CLAIRE", "lead": "MARC", "coach": "JEANNE", "facilitator": "ELODIE"},
    members=(Member(user="INES", function="marketing"), Member(user="PAUL", function="sales")),
)


def record(kind: RecordKind, number: int = 1, **more: Any) -> Kept:
    given: dict[str, Any] = {"owner": "INES", "title": Words.same("Contact records")} | more
    return Kept(kind=kind, number=number, created_at=datetime(2026, 1, 1, tzinfo=UTC), **given)


def asked(playbook: Playbook, what: str, user: str, facts: Facts = NOTHING) -> list[str]:
    return [one.id for one in questions(playbook.checkins[what], CAST, user, facts)]


def test_a_check_in_goes_to_its_people(playbook: Playbook) -> None:
    wanted = {
        "C03": ("CLAIRE",),
        "C04": ("MARC",),
        "C09": ("INES", "PAUL", "MARC", "CLAIRE"),
        "C10": ("JEANNE",),
    }
    assert {what: people(playbook.checkins[what], CAST, ()) for what in wanted} == wanted


def test_owners_are_asked_about_what_is_theirs_only(playbook: Playbook) -> None:
    records = (
        record("risk", 1, due=DAY), record("risk", 2, owner="PAUL"), record("risk", 3, status="closed"),
        record("risk", 4, restricted=True), record("risk", 5, owner=None),
        record("assumption", 1, status="untested"),
    )  # fmt: skip
    assert people(playbook.checkins["C07"], CAST, records) == ("INES", "PAUL")
    assert people(playbook.checkins["C06"], CAST, records) == ()
    facts = Facts(records=records)
    assert asked(playbook, "C07", "INES", facts) == ["C07a@RSK-1", "C07b@ASM-1"]
    assert asked(playbook, "C07", "PAUL", facts) == ["C07a@RSK-2"]
    (first, _) = questions(playbook.checkins["C07"], CAST, "INES", facts)
    assert first.words.en == "RSK-1 Contact records: has the early sign appeared?"
    assert first.words.fr == "RSK-1 Contact records : le signe avant-coureur est-il apparu ?"


def test_nobody_is_asked_an_endless_list(playbook: Playbook) -> None:
    records = tuple(record("annex", n, due=date(2026, 12, 31 - n)) for n in range(1, 20))
    found = asked(playbook, "C06", "INES", Facts(records=records))
    assert found == [f"C06a@SID-{n}" for n in (19, 18, 17, 16, 15, 14)]


def test_hope_and_result_brings_back_what_the_person_wrote(playbook: Playbook) -> None:
    wrote = Facts(
        written={"OBJ12": "Nos clients\nle disent. " + "x" * 300}, records=(record("stake", owner=None),)
    )
    (hope, distance) = questions(playbook.checkins["C09"], CAST, "INES", wrote)
    assert hope.id == "C09a"
    assert "« Nos clients le disent. xxx" in hope.words.fr
    assert len(hope.words.fr) < LONGEST + 70
    assert distance.id == "C09c"
    assert asked(playbook, "C09", "INES") == ["C09c"], "who wrote nothing is not asked about it"
    lead = questions(playbook.checkins["C09"], CAST, "MARC", wrote)
    assert [one.id for one in lead][::2] == ["C09a", "C09c"]
    assert lead[1].words.en.endswith("Contact records — What is each goal’s value today?")


def test_the_sponsor_is_asked_about_promises_made_and_decisions_that_wait(playbook: Playbook) -> None:
    assert asked(playbook, "C03", "CLAIRE") == ["C03c", "C03d"]
    promised = playbook.flows["D03"].question("SPO03")
    assert promised is not None
    facts = Facts(written={"SPO03": ["thank", "steer"]}, choices={"SPO03": promised}, pending=2)
    found = questions(playbook.checkins["C03"], CAST, "CLAIRE", facts)
    assert [one.id for one in found] == ["C03a", "C03b", "C03c", "C03d"]
    assert [option.value for option in found[0].options] == ["steer", "thank"]
    assert found[1].words.en.startswith("2 decision(s)")
    gone = Facts(written={"SPO03": ["no longer offered"]}, choices={"SPO03": promised})
    assert asked(playbook, "C03", "CLAIRE", gone) == ["C03c", "C03d"]
    assert asked(playbook, "C03", "CLAIRE", Facts(written={"SPO03": ["thank"]})) == ["C03c", "C03d"]


# -- what the answers lead to -------------------------------------------------------------------------------

RECORDS = (record("annex"), record("risk"), record("assumption", status="untested"))


@pytest.mark.parametrize(
    ("answers", "before", "wanted"),
    [
        ({"C06a@SID-1": "moving"}, {}, []),
        ({"C06a@SID-1": "done"}, {}, [("SID-1", "done", None)]),
        ({"C06a@SID-1": "stuck"}, {"C06a@SID-1": "slow"}, []),
        ({"C06a@SID-1": "stuck"}, {"C06a@SID-1": "stuck"}, [("SID-1", None, "CLAIRE")]),
        ({"C07a@RSK-1": "maybe"}, {}, []),
        ({"C07a@RSK-1": "yes"}, {}, [("RSK-1", "happened", "INES")]),
        ({"C07b@ASM-1": "confirmed"}, {}, [("ASM-1", "confirmed", None)]),
        ({"C07b@ASM-1": "refuted"}, {}, [("ASM-1", "refuted", "INES")]),
        ({"C07b@ASM-1": "untested", "C07a@RSK-9": "yes", "C04d": "words"}, {}, []),
    ],
)
def test_what_an_answer_does_to_the_register(
    answers: dict[str, str], before: dict[str, str], wanted: list[tuple[str, str | None, str | None]]
) -> None:
    found = follows(answers, before, RECORDS, arbiter="CLAIRE", due=DAY)
    assert [(one.ref, one.status, one.issue.owner if one.issue else None) for one in found] == wanted


def test_what_holds_a_lot_up_stands_in_the_digest_at_once_and_the_rest_the_second_time() -> None:
    """C06: "blocks a lot -> line in DOC7"; "stuck twice -> issue", once for as long as it lasts."""
    stuck = {"C06a@SID-1": "stuck"}

    def told(
        before: dict[str, str], said: dict[str, str] = stuck, **fields: object
    ) -> list[tuple[object, bool]]:
        annex = record("annex", fields=fields)
        found = follows(said, before, (annex,), arbiter="CLAIRE", due=DAY)
        return [(one.fields, one.issue is not None) for one in found]

    assert told({}) == []
    assert told({}, blocks="LOT-1") == [({"stuck": True}, False)]
    assert told(stuck) == [({"stuck": True, "stuck_raised": True}, True)]
    assert told(stuck, stuck=True, stuck_raised=True) == [({"stuck": True}, False)]
    moving = {"C06a@SID-1": "moving"}
    assert told(stuck, moving, stuck=True, stuck_raised=True) == [
        ({"stuck": None, "stuck_raised": None}, False)
    ]
    assert told(stuck, moving) == []


def test_what_three_in_ten_name_explains_the_distance_between_hope_and_result() -> None:
    """C09c: families named by 30 % or more of those who answered."""
    said = [["tool"], ["human", "org"], ["human"], ["none"]]
    assert distances(said) == (3,)
    assert distances([*said[:3], None, []]) == (1, 2, 3)
    assert distances([["approach", "gone"]]) == (4,)
    assert distances([None]) == distances([]) == ()


def test_an_open_point_says_what_it_is_about() -> None:
    risk = record("risk", fields={"family": 3})
    (found,) = follows({"C07a@RSK-1": "yes"}, {}, (risk,), arbiter=None, due=DAY)
    assert found.issue is not None
    assert found.issue.title.en == "The early sign has appeared: RSK-1 Contact records. What do we do?"
    assert found.issue.fields == {"family": 3, "about": "RSK-1"}
    assert found.issue.due == DAY


def test_two_rough_weeks_running_offer_help() -> None:
    rough, fine = {"C04a": 2, "C04b": 5}, {"C04a": 3, "C04b": 3, "C04c": 3, "C04d": "…"}
    assert rough_weather(rough, {"C04c": 1})
    assert not rough_weather(rough, fine)
    assert not rough_weather(fine, rough)
    assert not rough_weather(rough, {})


def kept(day: int, done: int, offered: int = 4) -> Answered:
    return Answered(day=date(2026, 6, day), answers={"C03a": ["x"] * done}, offered=offered)


def test_promises_kept_are_counted_over_four_weeks() -> None:
    assert kept_share([], DAY) is None
    assert kept_share([kept(2, 1, 0)], DAY) is None
    assert kept_share([kept(2, 3)], DAY) == 75
    old = Answered(day=date(2026, 5, 1), answers={}, offered=4)
    assert kept_share([old, kept(2, 1), kept(9, 0)], date(2026, 6, 9)) == 12


def test_below_half_twice_in_a_row_only() -> None:
    assert not promises_slip([kept(2, 1)])
    assert promises_slip([kept(2, 1), kept(16, 1)])
    assert not promises_slip([kept(2, 4), kept(16, 0)]), "half over the four weeks"
    assert not promises_slip([kept(2, 1, 0), kept(16, 1)])
