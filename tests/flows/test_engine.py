"""What an event does to a dialogue."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from flows.dialogue.effects import (
    Complete,
    Keep,
    OpenUnknown,
    Record,
    RemindLater,
    Reopen,
    SettleUnknown,
)  # fmt: skip
from flows.dialogue.engine import advance
from flows.dialogue.events import ExitTaken, ExitTakenBack, Finished, Submitted
from flows.dialogue.model import Dialogue, Flow, Screen
from flows.dialogue.turn import Turn
from tests.flows.questions import NOON, answer, choice, column, condition, flow, question, sheet, table
from tests.flows.stage import CLAIRE, ELODIE, HUGO, MARC, SOFIA, Stage

MONDAY = date(2026, 1, 19)
FORM = question("QUE01", mode="form")


def submit(asked: Flow, dialogue: Dialogue, screen: str = "QUE01", **more: Any) -> Turn:
    event = Submitted(by=dialogue.person, screen=screen, at=NOON, values=more.pop("values", {}), **more)
    return advance(asked, dialogue, event, today=MONDAY)


def take(
    asked: Flow, dialogue: Dialogue, exit: Any, question: str = "QUE01", confirmed: bool = False
) -> Turn:
    event = ExitTaken(by=dialogue.person, question=question, exit=exit, at=NOON, confirmed=confirmed)
    return advance(asked, dialogue, event, today=MONDAY)


def take_back(asked: Flow, dialogue: Dialogue) -> Turn:
    return advance(
        asked, dialogue, ExitTakenBack(by=dialogue.person, question="QUE01", at=NOON), today=MONDAY
    )


def finish(asked: Flow, dialogue: Dialogue) -> Turn:
    return advance(asked, dialogue, Finished(by=dialogue.person, at=NOON), today=MONDAY)


def says(turn: Turn) -> str:
    (problem,) = turn.problems
    return problem.words.en


def test_an_answer_is_kept_under_its_author_and_settles_the_open_point() -> None:
    turn = submit(flow(question()), sheet(), values={"QUE01": " yes "})
    kept = answer("yes")
    assert turn.effects == (
        Keep(question="QUE01", respondent="UANA", answer=kept),
        SettleUnknown(question="QUE01", answered=True),
    )
    assert turn.dialogue.answers == {"QUE01": kept}


def test_a_sheet_takes_only_the_events_of_its_own_person() -> None:
    with pytest.raises(ValueError, match="own person"):
        advance(flow(question()), sheet(), Finished(by="UBEN", at=NOON), today=MONDAY)


@pytest.mark.parametrize(
    "over", [sheet(closed=True), sheet(closes_on=date(2026, 1, 18))], ids=["closed", "past its date"]
)
def test_a_closed_dialogue_takes_nothing_more(over: Dialogue) -> None:
    turn = submit(flow(question()), over, values={"QUE01": "late"})
    assert says(turn) == "This dialogue is closed. Your answers are kept."
    assert not turn.accepted
    assert turn.dialogue is over


def test_the_last_day_still_counts() -> None:
    assert submit(flow(question()), sheet(closes_on=MONDAY), values={"QUE01": "in time"}).accepted


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (choice(), "Choose an answer, or use “Can’t answer this one?”."),
        (question(), "Write an answer, or use “Can’t answer this one?”."),
        (question(requirement="hard"), "Needed to go on."),
    ],
)
def test_a_question_left_empty_says_what_to_do(asked: Any, words: str) -> None:
    assert says(submit(flow(asked), sheet())) == words


def test_an_exit_stands_for_an_answer_on_the_screen_it_was_taken_on() -> None:
    asked = flow(question())
    assert submit(asked, sheet(answers={"QUE01": answer(exit="unknown")})).effects == ()
    hard = flow(question(requirement="hard"))
    assert says(submit(hard, sheet(answers={"QUE01": answer(exit="unknown")}))) == "Needed to go on."


def test_an_optional_question_may_be_left_or_made_empty() -> None:
    asked = flow(question(requirement="optional"))
    turn = submit(asked, sheet())
    assert turn.dialogue.answers["QUE01"] == answer(None), "passed once"
    emptied = submit(asked, sheet(answers={"QUE01": answer("x")}))
    assert emptied.effects == (Keep(question="QUE01", respondent="UANA", answer=answer(None, version=2)),)


def test_a_screen_that_is_no_longer_asked_keeps_the_text_on_screen() -> None:
    follow = question("QUE02", show_if=(condition("QUE01", "is", "red"),))
    asked = flow(choice("QUE01"), follow)
    stale = submit(asked, sheet(answers={"QUE01": answer("green")}), "QUE02", values={"QUE02": "typed"})
    assert says(stale) == "This question no longer waits for your answer. Your text is still here."


def test_when_content_has_moved_a_question_its_answer_still_counts() -> None:
    turn = submit(
        flow(question(), question("QUE02")), sheet(), "gone", values={"QUE01": "typed", "QUE77": "?"}
    )
    assert list(turn.dialogue.answers) == ["QUE01"]


def test_forged_questions_are_not_answered() -> None:
    turn = submit(flow(question(), question("QUE02")), sheet(), values={"QUE01": "mine", "QUE02": "forged"})
    assert list(turn.dialogue.answers) == ["QUE01"]


def test_a_follow_up_that_was_not_on_the_screen_yet_is_not_held_against_anybody() -> None:
    follow = question("QUE02", show_if=(condition("QUE01", "is", "red"),))
    asked = flow(screens=(Screen(key="both", questions=(choice("QUE01"), follow)),))
    turn = submit(asked, sheet(), "both", values={"QUE01": "red"})
    assert turn.accepted
    assert says(submit(asked, turn.dialogue, "both", values={"QUE01": "red"})).startswith("Write an answer")
    both = submit(asked, sheet(), "both", values={"QUE01": "red", "QUE02": "because"})
    assert set(both.dialogue.answers) == {"QUE01", "QUE02"}


def test_two_people_on_one_form_the_second_sees_the_first() -> None:
    asked = flow(FORM)
    before = sheet(answers={"QUE01": answer("hers", by="UBEN", version=3)})
    turn = submit(asked, before, values={"QUE01": "mine"}, seen={"QUE01": 2})
    (conflict,) = turn.conflicts
    assert (conflict.theirs.value, conflict.theirs.author, conflict.mine) == ("hers", "UBEN", "mine")
    assert not turn.accepted
    assert turn.dialogue is before
    replaced = submit(asked, before, values={"QUE01": "mine"})
    assert replaced.dialogue.answers["QUE01"] == answer("mine", version=4)
    assert replaced.effects[0] == Keep(question="QUE01", respondent="", answer=answer("mine", version=4))
    assert submit(asked, before, values={"QUE01": "hers"}, seen={"QUE01": 2}).effects == (), "the same words"
    assert submit(asked, before, values={"QUE01": "mine"}, seen={"QUE01": 3}).accepted


def test_i_do_not_know_opens_a_point_for_its_owner_without_a_name() -> None:
    turn = take(flow(question(short=question().short)), sheet(), "unknown")
    assert turn.effects[1] == OpenUnknown(
        question="QUE01", title=turn.effects[1].title, owner="ULEAD", due=date(2026, 2, 2)  # type: ignore[union-attr]
    )  # fmt: skip
    assert turn.effects[1].title.en == "QUE01 — to be found out"  # type: ignore[union-attr]
    assert "UANA" not in repr(turn.effects[1])


@pytest.mark.parametrize(("idk", "owner"), [("it", "UBEN"), ("hr", "UFAC"), ("sponsor", "UBOSS")])
def test_the_point_goes_to_its_role_or_to_the_facilitator_when_nobody_holds_it(idk: str, owner: str) -> None:
    turn = take(flow(question(idk_owner=idk)), sheet(), "unknown")
    (opened,) = (effect for effect in turn.effects if isinstance(effect, OpenUnknown))
    assert opened.owner == owner


def test_the_open_point_of_a_restricted_question_is_restricted() -> None:
    (_, opened) = take(flow(question(visibility="restricted")), sheet(), "unknown").effects
    assert isinstance(opened, OpenUnknown)
    assert opened.restricted


def test_where_content_says_none_not_knowing_opens_nothing() -> None:
    turn = take(flow(question(idk_owner="none")), sheet(), "unknown")
    assert turn.effects == (Keep(question="QUE01", respondent="UANA", answer=answer(exit="unknown")),)


def test_the_same_exit_twice_changes_nothing_more() -> None:
    asked = flow(question())
    once = take(asked, sheet(), "unknown").dialogue
    assert take(asked, once, "unknown") == Turn(dialogue=once)


def test_going_from_one_exit_to_another_settles_the_first() -> None:
    asked = flow(question())
    once = take(asked, sheet(), "unknown").dialogue
    effects = take(asked, once, "outside").effects
    assert SettleUnknown(question="QUE01", answered=False) in effects
    assert not any(isinstance(effect, OpenUnknown) for effect in effects)


def test_later_keeps_what_is_there_and_reminds() -> None:
    asked = flow(question())
    reminded = take(asked, sheet(answers={"QUE01": answer("x")}), "later")
    assert reminded.effects == (RemindLater(person="UANA"),)
    assert reminded.dialogue.answers["QUE01"].value == "x"
    assert RemindLater(person="UANA") in take(asked, sheet(), "later").effects


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (question(requirement="hard"), "This question has no way round."),
        (question(requirement="optional"), "This question has no way round."),
        (question(audience=replace(question().audience, roles=("sponsor",))),
         "This question no longer waits for your answer. Your text is still here."),
    ],
)  # fmt: skip
def test_questions_without_exits_say_so(asked: Any, words: str) -> None:
    assert says(take(flow(asked), sheet(), "unknown")) == words


def test_answer_after_all_opens_the_question_again() -> None:
    asked = flow(question())
    once = take(asked, sheet(), "unknown").dialogue
    turn = take_back(asked, once)
    assert turn.effects == (
        Keep(question="QUE01", respondent="UANA", answer=answer(version=2)),
        SettleUnknown(question="QUE01", answered=False),
        Reopen(person="UANA"),
    )
    assert take_back(asked, turn.dialogue) == Turn(dialogue=turn.dialogue)
    later = take(asked, sheet(), "later").dialogue
    assert not any(isinstance(effect, SettleUnknown) for effect in take_back(asked, later).effects)


def test_on_a_form_one_persons_exit_does_not_speak_for_the_others() -> None:
    asked = flow(FORM)
    mine = take(asked, sheet(), "unknown")
    assert mine.effects[0] == Keep(question="QUE01", respondent="UANA", answer=answer(exit="unknown"))
    assert "QUE01" not in mine.dialogue.answers
    back = take_back(asked, mine.dialogue)
    assert back.dialogue.exits["QUE01"] == answer(version=2)
    answered = submit(asked, mine.dialogue, values={"QUE01": "found"})
    assert answered.effects[:2] == (
        Keep(question="QUE01", respondent="", answer=answer("found")),
        Keep(question="QUE01", respondent="UANA", answer=answer(version=2)),
    )


def test_not_knowing_any_more_empties_a_shared_answer_and_outside_leaves_it() -> None:
    asked = flow(FORM)
    given = sheet(answers={"QUE01": answer("x", by="UBEN", version=4)})
    unknown = take(asked, given, "unknown")
    assert Keep(question="QUE01", respondent="", answer=answer(version=5)) in unknown.effects
    outside = take(asked, given, "outside")
    assert outside.dialogue.answers["QUE01"].value == "x"


def test_giving_up_an_answer_others_depend_on_is_said_first() -> None:
    follow = question("QUE02", show_if=(condition("QUE01", "is", "red"),))
    asked = flow(choice("QUE01"), follow)
    before = sheet(answers={"QUE01": answer("red"), "QUE02": answer("x")})
    turn = take(asked, before, "unknown")
    assert turn.consequences[0].unused == ("QUE02",)
    assert turn.dialogue is before
    assert take(asked, before, "unknown", confirmed=True).accepted


def test_finishing_needs_everything_answered() -> None:
    asked = flow(question(), question("QUE02"))
    assert says(finish(asked, sheet())) == "Still open: QUE01"
    later = sheet(answers={"QUE01": answer("x"), "QUE02": answer(exit="later")})
    assert finish(asked, later).effects == (RemindLater(person="UANA"),)
    done = sheet(answers={"QUE01": answer("x"), "QUE02": answer(exit="outside")})
    assert finish(asked, done).effects == (Complete(person="UANA"),)


def test_an_edit_that_asks_something_new_opens_a_finished_sheet_again() -> None:
    follow = question("QUE02", show_if=(condition("QUE01", "is", "red"),))
    asked = flow(choice("QUE01"), follow)
    done = sheet(answers={"QUE01": answer("green")})
    turn = submit(asked, done, values={"QUE01": "red"})
    assert turn.consequences[0].again == ("QUE02",)
    confirmed = submit(asked, done, values={"QUE01": "red"}, confirmed=True)
    assert Reopen(person="UANA") in confirmed.effects


def test_nothing_depends_on_it_so_nothing_is_asked() -> None:
    asked = flow(question(records=("exclusion",)))
    before = submit(asked, sheet(), values={"QUE01": "one"}).dialogue
    turn = submit(asked, before, values={"QUE01": "two"})
    assert turn.accepted
    (record,) = (effect for effect in turn.effects if isinstance(effect, Record))
    assert [draft.title.en for draft in record.drafts] == ["two"]


def test_answers_to_several_questions_say_what_each_brings_about() -> None:
    """An option that goes with SET08 makes SET09 open again, unless it is answered on the way."""
    colour, shade = choice("QUE01"), question("QUE02", show_if=(condition("QUE01", "is", "red"),))
    other = question("QUE03", show_if=(condition("QUE01", "is", "green"),))
    asked = flow(
        screens=(Screen(key="one", questions=(colour, other)), Screen(key="two", questions=(shade,)))
    )
    before = sheet(answers={"QUE01": answer("red"), "QUE02": answer("x")})
    turn = submit(asked, before, "one", values={"QUE01": "green", "QUE03": "y"})
    (found,) = turn.consequences
    assert (found.again, found.unused) == ((), ("QUE02",))


def test_a_table_keeps_the_columns_another_screen_asks_for() -> None:
    whole = table()
    first = replace(whole, columns=(column("what"),))
    asked = flow(screens=(Screen(key="names", questions=(first,)), Screen(key="rest", questions=(whole,))))
    names = submit(asked, sheet(), "names", values={"QUE01": [{"what": "a"}, {"what": "b"}]})
    rest = submit(
        asked, names.dialogue, "rest", values={"QUE01": [{"what": "a", "size": "1"}, {"what": "b"}]}
    )
    again = submit(
        asked, rest.dialogue, "names", values={"QUE01": [{"what": "b"}, {"what": "a"}, {"what": "c"}]}
    )
    rows = again.dialogue.answers["QUE01"].value
    assert [(row["id"], row["what"], row.get("size")) for row in rows] == [
        ("1.2", "b", None), ("1.1", "a", 1), ("3.3", "c", None),
    ]  # fmt: skip


def test_lines_keep_their_ids_when_edited_and_new_ones_never_take_an_old_one() -> None:
    asked = flow(table())

    def rows(turn: Turn) -> list[tuple[str, str]]:
        return [(row["id"], row["what"]) for row in turn.dialogue.answers["QUE01"].value]

    three = submit(asked, sheet(), values={"QUE01": [{"what": "a"}, {"what": "b"}, {"what": "c"}]})
    edited = submit(asked, three.dialogue, values={"QUE01": [{"what": "a"}, {"what": "B"}, {"what": "c"}]})
    assert rows(edited) == [("1.1", "a"), ("1.2", "B"), ("1.3", "c")]
    fewer = submit(asked, edited.dialogue, values={"QUE01": [{"what": "B"}, {"what": "c"}]})
    assert rows(fewer) == [("1.2", "B"), ("1.3", "c")]
    more = submit(asked, fewer.dialogue, values={"QUE01": [{"what": "B"}, {"what": "c"}, {"what": "d"}]})
    assert rows(more) == [("1.2", "B"), ("1.3", "c"), ("4.3", "d")]


def test_a_table_after_something_that_was_not_a_table_starts_anew() -> None:
    turn = submit(flow(table()), sheet(answers={"QUE01": answer("text")}), values={"QUE01": [{"what": "a"}]})
    assert turn.dialogue.answers["QUE01"].value == [{"what": "a", "id": "2.1"}]


def test_a_table_that_is_no_table_is_refused() -> None:
    assert (
        says(submit(flow(table()), sheet(), values={"QUE01": "x"}))
        == "This cannot be read. Please type it again."
    )
    assert (
        says(submit(flow(table()), sheet(), values={"QUE01": ["x"]}))
        == "This cannot be read. Please type it again."
    )


# -- The set-up ------------------------------------------------------------------------------------


def set_up(stage: Callable[..., Stage], **more: Any) -> Stage:
    played = stage("D01", **more)
    turn = played.submits(
        ELODIE, "people", SET10=MARC, SET11=CLAIRE, SET12=CLAIRE, SET13=[{"person": HUGO}, {"person": SOFIA}]
    )
    assert turn.accepted, turn
    return played


def test_lead_and_arbiter_are_listed_with_their_part_without_being_chosen(
    stage: Callable[..., Stage],
) -> None:
    rows = set_up(stage).rows["SET13", ""].value
    assert [(row["person"], row["daci"]) for row in rows] == [
        (HUGO, "contributor"), (SOFIA, "contributor"), (MARC, "driver"), (CLAIRE, "approver"),
    ]  # fmt: skip


def test_a_bot_cannot_hold_a_role(stage: Callable[..., Stage]) -> None:
    played = stage("D01", bots=("UBOT",))
    turn = played.submits(
        ELODIE, "people", SET10="UBOT", SET11=CLAIRE, SET12=CLAIRE, SET13=[{"person": HUGO}]
    )
    assert turn.problems[0].words.en == "A bot cannot hold this role. Choose a person."


TEAM = [
    {"person": HUGO, "function": "sales"}, {"person": SOFIA, "function": "it"},
    {"person": MARC, "function": "sales"}, {"person": CLAIRE, "function": "management"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("daci", "words"),
    [
        ({HUGO: "driver"}, "One person drives the work: the project lead, and nobody else."),
        ({HUGO: "approver"}, "One person settles: the arbiter, and nobody else."),
        ({CLAIRE: "informed"}, "One person settles: the arbiter, and nobody else."),
    ],
)
def test_one_drives_and_one_settles(stage: Callable[..., Stage], daci: dict[str, str], words: str) -> None:
    rows = [{**row, "daci": daci.get(row["person"])} for row in TEAM]
    turn = set_up(stage).submits(ELODIE, "steering", SET13=rows, SET08="undecided")
    assert [problem.words.en for problem in turn.problems] == [words]


def test_a_new_lead_takes_over_the_driving(stage: Callable[..., Stage]) -> None:
    played = set_up(stage)
    played.submits(ELODIE, "steering", SET13=TEAM, SET08="undecided")
    people = [{"person": row["person"]} for row in TEAM]
    turn = played.submits(ELODIE, "people", SET10=HUGO, SET11=CLAIRE, SET12=CLAIRE, SET13=people)
    assert turn.accepted, turn
    parts = {row["person"]: row["daci"] for row in played.rows["SET13", ""].value}
    assert (parts[HUGO], parts[MARC], parts[CLAIRE]) == ("driver", "contributor", "approver")


def test_without_an_arbiter_the_sponsor_settles(stage: Callable[..., Stage]) -> None:
    played = stage("D01")
    played.exits(ELODIE, "SET12", "unknown")
    played.submits(ELODIE, "people", SET10=MARC, SET11=CLAIRE, SET13=[{"person": HUGO}, {"person": SOFIA}])
    parts = {row["person"]: row["daci"] for row in played.rows["SET13", ""].value}
    assert parts[CLAIRE] == "approver"
    assert played.cast.holder("arbiter") == CLAIRE


def test_without_sponsor_and_arbiter_nobody_settles(stage: Callable[..., Stage]) -> None:
    played = stage("D01")
    played.exits(ELODIE, "SET11", "unknown")
    played.exits(ELODIE, "SET12", "unknown")
    played.submits(ELODIE, "people", SET10=MARC, SET13=[{"person": HUGO}, {"person": SOFIA}])
    assert played.submits(ELODIE, "steering", SET13=TEAM[:3], SET08="undecided").warnings
    assert played.submits(ELODIE, "steering", True, SET13=TEAM[:3], SET08="undecided").accepted


def test_a_lead_who_is_also_the_arbiter_drives(stage: Callable[..., Stage]) -> None:
    played = stage("D01")
    people = [{"person": HUGO}, {"person": SOFIA}]
    turn = played.submits(ELODIE, "people", True, SET10=MARC, SET11=CLAIRE, SET12=MARC, SET13=people)
    assert turn.accepted, turn
    assert played.submits(ELODIE, "steering", True, SET13=TEAM, SET08="undecided").accepted


def test_a_warning_comes_back_only_when_it_is_new(stage: Callable[..., Stage]) -> None:
    played = set_up(stage)
    people = [{"person": HUGO}, {"person": SOFIA}, {"person": CLAIRE}]
    same = {"SET11": CLAIRE, "SET12": CLAIRE, "SET13": people}
    turn = played.submits(ELODIE, "people", SET10=CLAIRE, **same)
    assert [warning.question for warning in turn.warnings] == ["SET12"], "SET12 itself has not changed"
    played.submits(ELODIE, "people", True, SET10=CLAIRE, **same)
    assert played.submits(ELODIE, "people", SET10=CLAIRE, **same).accepted


def test_naming_the_coach_lead_opens_the_question_of_the_coach_again(stage: Callable[..., Stage]) -> None:
    played = set_up(stage)
    played.submits(ELODIE, "support", SET14="none", SET16="UJEANNE", SET19="FR")
    people = [{"person": row["person"]} for row in TEAM]
    turn = played.submits(ELODIE, "people", SET10="UJEANNE", SET11=CLAIRE, SET12=CLAIRE, SET13=people)
    assert turn.consequences[0].again == ("SET16",)


def test_a_coach_from_the_team_is_warned_about(stage: Callable[..., Stage]) -> None:
    """They leave the team, and nobody would notice."""
    played = set_up(stage)
    turn = played.submits(ELODIE, "support", SET14="none", SET16=SOFIA, SET19="FR")
    assert [(warning.question, warning.words.en.split(".")[0]) for warning in turn.warnings] == [
        ("SET16", "This person is in the project team")
    ]
    assert played.submits(ELODIE, "support", True, SET14="none", SET16=SOFIA, SET19="FR").accepted


def test_dropping_the_arbiter_for_not_knowing_leaves_the_role_empty(stage: Callable[..., Stage]) -> None:
    played = set_up(stage)
    assert "arbiter" in played.cast.holders
    turn = played.exits(ELODIE, "SET12", "unknown")
    assert turn.accepted, turn
    assert "arbiter" not in played.cast.holders


def test_the_same_answer_again_is_one_of_ones_own_where_that_is_meant() -> None:
    asked, known = flow(question()), sheet(answers={"QUE01": answer("yes", by="UBEN")})
    assert submit(asked, known, values={"QUE01": "yes"}).effects == ()
    again = submit(asked, known, values={"QUE01": "yes"}, anew=True)
    assert again.dialogue.answers["QUE01"] == answer("yes", by="UANA", version=2)
    assert submit(asked, again.dialogue, values={"QUE01": "yes"}, anew=True).effects == ()
