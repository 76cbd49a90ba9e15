"""When wins are said (6.3), what the round-up is made of (DOC8), and the life of an initiative (5.5)."""

from dataclasses import replace
from datetime import UTC, date, datetime

from flows.wins.initiative import (
    NOT_NOW,
    SAY_SOMETHING,
    SAY_WHY,
    Initiative,
    moves,
    remind_on,
    reply_by,
    take,
    take_up,
)
from flows.wins.model import Win
from flows.wins.posting import Post, leave
from flows.wins.round_up import content, unseen, week_of
from flows.words import Words

WED = date(2026, 2, 18)
AT = datetime(2026, 2, 18, 9, tzinfo=UTC)


def win(number: int, type: str = "WN08", *functions: str, ref: str = "") -> Win:
    return Win(
        number=number, type=type, said=Words.same(f"n{number}"), functions=functions, ref=ref, found_at=AT
    )


def posts(*days: int, type: str = "WN01") -> list[Post]:
    return [Post(type=type, on=date(2026, 2, day)) for day in days]


def test_two_a_day_people_s_own_first_and_the_oldest_first() -> None:
    waiting = [win(3, "WN01"), win(1, "WN03"), win(4, "WM2"), win(2, "WN04")]
    assert leave(waiting, [], WED, setback=False) == (4, 1)
    assert leave(waiting, posts(18), WED, setback=False) == (4,)
    assert leave(waiting, posts(18, 18), WED, setback=False) == ()
    assert leave([], [], WED, setback=False) == ()


def test_six_a_week_and_a_new_week_begins_anew() -> None:
    full = [Post(type=f"WN{n:02}", on=date(2026, 2, day)) for n, day in enumerate((16, 16, 17, 17, 17), 10)]
    assert leave([win(1, "WN01"), win(2, "WN03")], full, WED, setback=False) == (1,)
    assert leave([win(1), win(2, "WN01")], full, date(2026, 2, 23), setback=False) == (1, 2)


def test_the_same_detector_twice_a_week_but_what_people_tell_as_often_as_there_is_room() -> None:
    twice = posts(16, 17, type="WN08")
    assert leave([win(1), win(2, "WN01")], twice, WED, setback=False) == (2,)
    assert leave([win(1, "WM2")], posts(16, 17, type="WM2"), WED, setback=False) == (1,)


def test_a_day_of_a_blocking_setback_is_quiet() -> None:
    assert leave([win(1)], [], WED, setback=True) == ()


def test_the_round_up_groups_by_theme_and_one_detector_is_one_line() -> None:
    wins = [
        win(1, "WN08", "sales"), win(2, "WN08", "it"), win(3, "WN03"), win(4, "WN26"), win(5, "WN24"),
        win(6, "WM4"), win(7, "WN20", ref="ASM-1"), win(8, "WN20", ref="ASM-2"), win(9, "WM1"),
        win(10, "WM1"), replace(win(11, "WN01"), revoked=True), win(12, "WN33"),
    ]  # fmt: skip
    found = content(wins, ["ASM-2"], WED)
    moved = {theme.en: [[one.number for one in line.wins] for line in lines]
             for theme, lines in found.moved.items()}  # fmt: skip
    assert moved == {
        "Where we are going": [[3]], "How we work": [[1, 2]], "What comes is clearer": [[7]],
        "Between us": [[9], [10]],
    }  # fmt: skip
    assert [[one.number for one in line.wins] for line in found.done] == [[4]]
    assert [[one.number for one in line.wins] for line in found.trials] == [[5]]
    assert [[one.number for one in line.wins] for line in found.learned] == [[6], [8], [12]]
    assert not found.empty
    assert content([], [], WED).empty
    assert week_of(WED) == "2026-W08"


def test_the_departments_take_turns() -> None:
    wins = [win(1, "WN06", "marketing"), win(2, "WN07", "sales"), win(3, "WN08", "elsewhere"), win(4, "WM2")]

    def order(day: date) -> list[int]:
        (lines,) = content(wins, [], day).moved.values()
        return [line.wins[0].number for line in lines]

    weeks = [order(date(2026, 1, 2 + 7 * n)) for n in range(4)]
    assert [1, 2, 3, 4] in weeks
    assert [2, 1, 3, 4] in weeks


def test_a_department_unseen_for_four_weeks() -> None:
    began = date(2026, 1, 1)
    wins = [(win(1, "WN08", "sales"), date(2026, 2, 10)), (win(2, "WN08", "service"), date(2026, 1, 20)),
            (replace(win(3, "WN08", "it"), revoked=True), WED)]  # fmt: skip
    company = ["sales", "service", "it", "sales", "unknown"]
    assert unseen(company, wins, WED, began) == ("service", "it")
    assert unseen(company, wins, WED, date(2026, 2, 1)) == (), "too early to tell"


INI = Initiative(number=4, statement="Un pense-bête", author="U1", function="sales", made_at=AT)


def test_an_initiative_is_answered_within_three_working_days() -> None:
    assert INI.ref == "INI-4"
    assert (remind_on(WED), reply_by(WED)) == (date(2026, 2, 20), date(2026, 2, 23))
    assert INI.waits
    answered = take(INI, "noted", " Merci ! ", by="U2")
    assert isinstance(answered, Initiative)
    assert (answered.answer, answered.answered_by, answered.status) == ("Merci !", "U2", "proposed")
    assert not answered.waits


def test_tried_then_kept_shared_or_set_aside_with_a_reason() -> None:
    tried = take(INI, "tried")
    assert isinstance(tried, Initiative)
    assert tried.status == "tried"
    kept = take(tried, "keep", "On le garde", by="U2")
    assert isinstance(kept, Initiative)
    assert kept.status == "kept"
    assert moves(kept) == ("noted", "share")
    assert take(kept, "set_aside", "Une raison bien assez longue") == NOT_NOW
    assert take(INI, "keep", "  ") == SAY_SOMETHING
    assert take(INI, "set_aside", "Trop court") == SAY_WHY
    aside = take(INI, "set_aside", "L’outil le fera tout seul au lot 2.", by="U2")
    assert isinstance(aside, Initiative)
    assert (aside.status, aside.waits) == ("set_aside", False)
    gone = take(INI, "withdraw")
    assert isinstance(gone, Initiative)
    assert moves(gone) == ()


def test_another_department_takes_it_up_once() -> None:
    assert take_up(INI, "sales") == INI
    both = take_up(INI, "service")
    assert both.taken_up == ("service",)
    assert take_up(both, "service") == both


def test_a_win_is_quoted_by_its_number() -> None:
    assert (win(20).name, win(1, "WM1").manual, win(1).manual) == ("WIN-20", True, False)
