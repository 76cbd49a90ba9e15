"""Ask a colleague: who may be asked what, what the sheets say meanwhile, and what comes of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from flows.dialogue.asking import (
    A_BOT,
    ANONYMOUS,
    ANSWERED,
    CONFIDENTIAL,
    ELSEWHERE,
    GONE,
    NO_CHAINS,
    NOTHING_TO_ASK,
    PAST,
    TOO_LATE,
    WITH_ANOTHER,
    YOURS_ALONE,
    YOURSELF,
    askable,
    kept_back,
    proposed,
    refusal,
)
from flows.dialogue.delegation import (
    Delegation,
    Wish,
    answered,
    ask,
    back,
    blocks,
    in_hands,
    may_change,
    on_behalf,
    open_for,
)
from flows.dialogue.effects import Complete, Reopen
from flows.dialogue.engine import advance, path, progress
from flows.dialogue.events import Finished, Submitted
from flows.dialogue.model import Dialogue
from flows.dialogue.submission import NOT_ASKED
from flows.dialogue.turn import Turn
from flows.playbook import Playbook
from flows.project import Person
from tests.flows.stage import BOREAL, CLAIRE, ELODIE, HUGO, MARC, NAMES, PAUL, SOFIA, THOMAS, Stage

OUTSIDER = "UOUT"
NAMES_ = {**NAMES, OUTSIDER: "Kim Larsen"}


STAGE = Stage(playbook=None, flow_id="", cast=BOREAL)  # type: ignore[arg-type]  # only its clock


def person(user: str, **more: Any) -> Person:
    return Person(workspace="T", user=user, name=NAMES_.get(user, user), fetched_at=STAGE.now, **more)


def stage(playbook: Playbook, flow: str, **more: Any) -> Stage:
    return Stage(playbook=playbook, flow_id=flow, cast=BOREAL, **more)


def wish(question: str, to: str, *, days: int = 7, **more: Any) -> Wish:
    return Wish(question=question, to=person(to, **more), until=STAGE.today + timedelta(days=days))


def trace(question: str, by: str, to: str, state: Any = "asked") -> Delegation:
    return Delegation(
        id="DEL", dialogue_id="DLG", question=question, from_user=by, to_user=to, state=state, note=None,
        reason=None, asked_at=STAGE.now, until=None, settled_at=None,
    )  # fmt: skip


def asks(on: Stage, by: str, question: str, to: str) -> Turn:
    """`by` asks `to`, who is not refused."""
    said = wish(question, to)
    assert refusal(on.flow, on.sheet(by), said, (), on.today) is None
    turn = ask(on.flow, on.sheet(by), said, on.now, on.today)
    for effect in turn.effects:
        on.carry_out(effect)
    return turn


def says(on: Stage, asked: Delegation, screen: str, **values: Any) -> Turn:
    """The colleague sends a screen."""
    hands = in_hands(on.sheet(asked.from_user), asked)
    event = Submitted(by=asked.to_user, screen=screen, values=values, at=on.now)
    turn = advance(on.flow, hands, event, today=on.today)
    for effect in turn.effects:
        on.carry_out(effect)
    return turn


def returns(on: Stage, asked: Delegation) -> Turn:
    turn = back(on.flow, on.sheet(asked.from_user), asked, on.now, on.today)
    for effect in turn.effects:
        on.carry_out(effect)
    return turn


def asked_ids(on: Stage, sheet: Dialogue) -> list[str]:
    return [question.id for screen in path(on.flow, sheet) for question in screen.questions]


class TestWhoMayBeAsked:
    @pytest.mark.parametrize(
        ("to", "more", "words"),
        [
            (MARC, {}, YOURSELF),
            (SOFIA, {"is_bot": True}, A_BOT),
            (SOFIA, {"deleted": True}, GONE),
            (OUTSIDER, {"stranger": True}, ELSEWHERE),
            (OUTSIDER, {"guest": True}, ELSEWHERE),
        ],
    )
    def test_a_person_of_this_workspace_other_than_oneself(
        self, playbook: Playbook, to: str, more: Any, words: Any
    ) -> None:
        on = stage(playbook, "D10")
        refused = refusal(on.flow, on.sheet(MARC), wish("DAT02", to, **more), (), on.today)
        assert refused is not None
        assert (refused.field, refused.words) == ("who", words)

    def test_a_robot_that_is_known_as_one(self, playbook: Playbook) -> None:
        on = stage(playbook, "D10", bots=("UBOT",))
        refused = refusal(on.flow, on.sheet(MARC), wish("DAT02", "UBOT"), (), on.today)
        assert refused is not None
        assert refused.words == A_BOT

    def test_somebody_outside_the_project_one_question_but_not_all(self, playbook: Playbook) -> None:
        on = stage(playbook, "D10")
        assert refusal(on.flow, on.sheet(MARC), wish("DAT02", OUTSIDER), (), on.today) is None
        refused = refusal(on.flow, on.sheet(MARC), wish("", OUTSIDER), (), on.today)
        assert refused is not None
        assert "Kim Larsen is not in the project" in refused.words.en

    def test_who_runs_the_project_answers_no_question_meant_for_the_team(self, playbook: Playbook) -> None:
        on = stage(playbook, "D02")
        refused = refusal(on.flow, on.sheet(HUGO), wish("OBJ01", ELODIE), (), on.today)
        assert refused is not None
        assert "answers no question meant for the team" in refused.words.en

    def test_nobody_who_answers_for_himself_or_was_asked_already(self, playbook: Playbook) -> None:
        on = stage(playbook, "D02")
        refused = refusal(on.flow, on.sheet(MARC), wish("OBJ06", HUGO), (), on.today)
        assert refused is not None
        assert refused.words.en == "Hugo Teixeira is asked this too."
        shared = stage(playbook, "D10")
        others = (trace("DAT02", THOMAS, SOFIA, "declined"), trace("DAT02", THOMAS, HUGO))
        assert refusal(shared.flow, shared.sheet(MARC), wish("DAT02", SOFIA), others, on.today) is None
        refused = refusal(shared.flow, shared.sheet(MARC), wish("DAT02", HUGO), others, on.today)
        assert refused is not None
        assert refused.words.fr == "Hugo Teixeira a déjà cette question."


class TestWhatMayBeAsked:
    @pytest.mark.parametrize(
        ("flow", "by", "question"),
        [
            ("D02", MARC, "OBJ08"),  # an opinion
            ("D02", MARC, "OBJ11"),  # a commitment
            ("D13", MARC, "ARB01"),  # a slider
            ("D13", CLAIRE, "ARB10"),  # an arbitration, and a workshop
            ("D15", CLAIRE, "RTE13"),  # a signature
            ("D01", ELODIE, "SET04"),  # the set-up, before anybody is spoken to
            ("D05", MARC, "ANX01a"),  # optional: leaving it empty is enough
        ],
    )
    def test_not_what_is_ones_own(self, playbook: Playbook, flow: str, by: str, question: str) -> None:
        on = stage(playbook, flow, parts=frozenset({"after_W02", "in_W08"}))
        if flow == "D05":
            on.submits(MARC, next(s.key for s in path(on.flow, on.sheet(MARC))), ANX01="in_project")
        refused = refusal(on.flow, on.sheet(by), wish(question, SOFIA), (), on.today)
        assert refused is not None
        assert refused.words in (YOURS_ALONE, NOT_ASKED)
        assert not askable(on.flow, on.sheet(by), question)

    @pytest.mark.parametrize(("to", "whose"), [(SOFIA, "somebody else"), (ELODIE, "one who may read it")])
    def test_what_is_confidential_of_nobody(self, playbook: Playbook, to: str, whose: str) -> None:
        on = stage(playbook, "D08")
        refused = refusal(on.flow, on.sheet(MARC), wish("INC01", to), (), on.today)
        assert refused is not None
        assert refused.words == CONFIDENTIAL, whose
        assert not askable(on.flow, on.sheet(MARC), "")

    def test_what_is_anonymous_of_nobody(self, playbook: Playbook) -> None:
        on = stage(playbook, "D12")
        refused = refusal(on.flow, on.sheet(MARC), wish("PLA01", SOFIA), (), on.today)
        assert refused is not None
        assert refused.words == ANONYMOUS

    def test_not_what_one_is_not_asked(self, playbook: Playbook) -> None:
        on = stage(playbook, "D10")
        for odd in ("NOPE", "OBJ01"):
            refused = refusal(on.flow, on.sheet(MARC), wish(odd, SOFIA), (), on.today)
            assert refused is not None
            assert refused.words == NOT_ASKED
        refused = refusal(on.flow, on.sheet(HUGO), wish("DAT02", SOFIA), (), on.today)
        assert refused is not None
        assert refused.words == NOT_ASKED

    def test_not_what_is_answered_or_with_a_colleague_already(self, playbook: Playbook) -> None:
        on = stage(playbook, "D10")
        screen = next(s.key for s in path(on.flow, on.sheet(MARC)) for q in s.questions if q.id == "DAT02")
        others = [q.id for s in path(on.flow, on.sheet(MARC)) if s.key == screen for q in s.questions]
        asks(on, MARC, "DAT02", SOFIA)
        refused = refusal(on.flow, on.sheet(MARC), wish("DAT02", HUGO), (), on.today)
        assert refused is not None
        assert refused.words == WITH_ANOTHER
        for id in others:
            on.exits(MARC, id, "unknown")
        one = on.flow.question("DAT02")
        assert one is not None
        on.submits(MARC, screen, DAT02=one.options[0].value)
        refused = refusal(on.flow, on.sheet(MARC), wish("DAT02", HUGO), (), on.today)
        assert refused is not None
        assert refused.words == ANSWERED

    def test_all_of_a_dialogue_once_and_only_where_something_can_be_asked(self, playbook: Playbook) -> None:
        on = stage(playbook, "D10")
        asks(on, MARC, "", PAUL)
        refused = refusal(on.flow, on.sheet(MARC), wish("", HUGO), (), on.today)
        assert refused is not None
        assert refused.words == WITH_ANOTHER
        sliders = stage(playbook, "D13")
        refused = refusal(sliders.flow, sliders.sheet(MARC), wish("", PAUL), (), on.today)
        assert refused is not None
        assert refused.words == NOTHING_TO_ASK

    def test_no_chains(self, playbook: Playbook) -> None:
        on = stage(playbook, "D10")
        asks(on, MARC, "DAT02", SOFIA)
        hands = in_hands(on.sheet(MARC), trace("DAT02", MARC, SOFIA))
        refused = refusal(on.flow, hands, wish("DAT02", HUGO), (), on.today)
        assert refused is not None
        assert refused.words == NO_CHAINS
        assert not askable(on.flow, hands, "DAT02")

    def test_until_a_day_that_is_to_come_and_before_the_closing(self, playbook: Playbook) -> None:
        on = stage(playbook, "D10")
        sheet = replace(on.sheet(MARC), closes_on=on.today + timedelta(days=3))
        for days, words in ((-1, PAST), (4, TOO_LATE)):
            refused = refusal(on.flow, sheet, wish("DAT02", SOFIA, days=days), (), on.today)
            assert refused is not None
            assert (refused.field, refused.words) == ("until", words)
        assert refusal(on.flow, sheet, wish("DAT02", SOFIA, days=3), (), on.today) is None

    def test_the_date_the_form_proposes(self) -> None:
        monday = date(2026, 1, 19)
        assert proposed(monday, None) == date(2026, 1, 26)
        assert proposed(monday, date(2026, 1, 22)) == date(2026, 1, 22)


class TestOneQuestion:
    def test_it_waits_for_the_colleague_who_sees_it_alone(self, playbook: Playbook) -> None:
        on = stage(playbook, "D04")
        before = progress(on.flow, on.sheet(HUGO)).done
        asks(on, HUGO, "PRO04", SOFIA)
        assert asked_ids(on, in_hands(on.sheet(HUGO), trace("PRO04", HUGO, SOFIA))) == ["PRO04"]
        assert progress(on.flow, on.sheet(HUGO)).done >= before
        assert open_for(on.flow, on.sheet(HUGO), trace("PRO04", HUGO, SOFIA))
        assert not open_for(on.flow, on.sheet(HUGO), trace("PRO04", HUGO, SOFIA, "withdrawn"))

    def test_the_answer_stands_for_the_one_who_asked_and_bears_the_colleagues_name(
        self, playbook: Playbook
    ) -> None:
        on = stage(playbook, "D04")
        on.exits(HUGO, "PRO03", "unknown")
        asks(on, HUGO, "PRO03", SOFIA)
        assert on.unknowns["PRO03"].status != "open"
        asked = trace("PRO03", HUGO, SOFIA)
        [screen] = [s.key for s in path(on.flow, in_hands(on.sheet(HUGO), asked))]
        assert says(on, asked, screen, PRO03="").problems, "left empty is no answer"
        assert not answered(on.flow, on.sheet(HUGO), asked)
        assert says(on, asked, screen, PRO03="Between the visit and the order").accepted
        kept = on.rows["PRO03", HUGO]
        assert (kept.value, kept.author) == ("Between the visit and the order", SOFIA)
        assert answered(on.flow, on.sheet(HUGO), asked)
        over = trace("PRO03", HUGO, SOFIA, "answered")
        assert may_change(on.flow, on.sheet(HUGO), over)
        assert not may_change(on.flow, replace(on.sheet(HUGO), closed=True), over)
        assert not may_change(on.flow, on.sheet(HUGO), asked)
        on.exits(HUGO, "PRO03", "outside")
        assert not may_change(on.flow, on.sheet(HUGO), over), "the one who asked has said something else"

    def test_the_screen_of_the_one_who_asked_can_be_left(self, playbook: Playbook) -> None:
        on = stage(playbook, "D04")
        [screen] = [s for s in path(on.flow, on.sheet(HUGO)) if "PRO03" in {q.id for q in s.questions}]
        for question in screen.questions:
            if question.id != "PRO03":
                on.exits(HUGO, question.id, "outside")
        asks(on, HUGO, "PRO03", SOFIA)
        assert on.submits(HUGO, screen.key).accepted

    def test_nothing_else_of_the_sheet_can_be_written(self, playbook: Playbook) -> None:
        on = stage(playbook, "D04")
        asks(on, HUGO, "PRO03", SOFIA)
        asked = trace("PRO03", HUGO, SOFIA)
        for screen in path(on.flow, on.sheet(HUGO)):
            values = {question.id: "x" for question in screen.questions if question.id != "PRO03"}
            says(on, asked, screen.key, **values)
        assert {question for question, _ in on.rows} == {"PRO03"}

    def test_only_the_colleague_writes_there(self, playbook: Playbook) -> None:
        on = stage(playbook, "D04")
        asks(on, HUGO, "PRO03", SOFIA)
        hands = in_hands(on.sheet(HUGO), trace("PRO03", HUGO, SOFIA))
        with pytest.raises(ValueError, match="stands in"):
            advance(on.flow, hands, Finished(by=HUGO, at=on.now), today=on.today)

    def test_a_shared_answer_is_for_all_and_ends_the_wait(self, playbook: Playbook) -> None:
        on = stage(playbook, "D10")
        asks(on, MARC, "DAT02", THOMAS)
        asked = trace("DAT02", MARC, THOMAS)
        assert on.rows["DAT02", MARC].value == THOMAS
        assert asked_ids(on, on.sheet(SOFIA)).count("DAT02") == 1, "others may answer all the same"
        question = on.flow.question("DAT02")
        assert question is not None
        [screen] = path(on.flow, in_hands(on.sheet(MARC), asked))
        says(on, asked, screen.key, DAT02=question.options[0].value)
        assert on.rows["DAT02", ""].author == THOMAS
        assert on.rows["DAT02", MARC].exit is None

    def test_a_shared_answer_somebody_else_gave_ends_it_too(self, playbook: Playbook) -> None:
        on = stage(playbook, "D10")
        asks(on, MARC, "DAT02", THOMAS)
        question = on.flow.question("DAT02")
        assert question is not None
        screen = next(s for s in path(on.flow, on.sheet(SOFIA)) if question.id in {q.id for q in s.questions})
        for other in screen.questions:
            on.exits(SOFIA, other.id, "unknown")
        on.submits(SOFIA, screen.key, DAT02=question.options[0].value)
        assert not open_for(on.flow, on.sheet(MARC), trace("DAT02", MARC, THOMAS))

    def test_it_comes_back_when_refused_and_opens_a_finished_sheet(self, playbook: Playbook) -> None:
        on = stage(playbook, "D04")
        for id in asked_ids(on, on.sheet(HUGO)):
            if id != "PRO03":
                on.exits(HUGO, id, "unknown")
        asks(on, HUGO, "PRO03", SOFIA)
        assert Complete(person=HUGO) in on.finishes(HUGO).effects
        assert Reopen(person=HUGO) in returns(on, trace("PRO03", HUGO, SOFIA)).effects
        assert blocks(on.flow, on.sheet(HUGO))
        assert returns(on, trace("PRO03", HUGO, SOFIA)).effects == (), "twice is the same as once"
        asks(on, HUGO, "PRO03", THOMAS)
        assert returns(on, trace("PRO03", HUGO, SOFIA)).effects == (), "somebody else has it now"

    def test_a_shared_one_comes_back_to_the_one_who_asked(self, playbook: Playbook) -> None:
        on = stage(playbook, "D10")
        asks(on, MARC, "DAT02", THOMAS)
        returns(on, trace("DAT02", MARC, THOMAS))
        assert on.rows["DAT02", MARC].exit is None
        asks(on, MARC, "DAT02", PAUL)
        assert on.rows["DAT02", MARC].version == 3

    def test_it_does_not_block_while_something_else_waits(self, playbook: Playbook) -> None:
        on = stage(playbook, "D04")
        assert not blocks(on.flow, on.sheet(HUGO))


class TestAllOfADialogue:
    def test_the_colleague_has_what_may_be_asked_and_may_be_read(self, playbook: Playbook) -> None:
        on = stage(playbook, "D05")
        asks(on, MARC, "", SOFIA)
        hands = in_hands(on.sheet(MARC), trace("", MARC, SOFIA))
        assert "ANX02" in asked_ids(on, hands)
        assert "ANX03" not in asked_ids(on, hands), "confidential, and not for her"
        waiting = progress(on.flow, on.sheet(MARC))
        assert waiting.done < waiting.total, "the confidential ones stay with who asked"
        assert kept_back(on.flow, on.sheet(MARC)) > 0

    def test_what_somebody_has_dealt_with_is_not_the_colleagues(self, playbook: Playbook) -> None:
        on = stage(playbook, "D10")
        on.exits(MARC, "DAT07", "unknown")
        on.exits(MARC, "DAT06", "later")
        asks(on, MARC, "DAT01", THOMAS)
        asks(on, MARC, "", PAUL)
        hands = in_hands(on.sheet(MARC), trace("", MARC, PAUL))
        assert not {"DAT07", "DAT01"} & {*asked_ids(on, hands)}
        assert {"DAT02", "DAT06"} <= {*asked_ids(on, hands)}

    def test_answered_bit_by_bit_until_nothing_is_left(self, playbook: Playbook) -> None:
        on = stage(playbook, "D10")
        asks(on, MARC, "", PAUL)
        asked = trace("", MARC, PAUL)
        for id in ("DAT01", "DAT03", "DAT05", "DAT07"):
            on.exits(SOFIA, id, "unknown")
        assert not answered(on.flow, on.sheet(MARC), asked)
        finish = Finished(by=PAUL, at=on.now)
        early = advance(on.flow, in_hands(on.sheet(MARC), asked), finish, today=on.today)
        assert early.problems
        for _ in range(9):
            hands = in_hands(on.sheet(MARC), asked)
            open_ = [s for s in path(on.flow, hands) if any(not on.rows.get((q.id, "")) for q in s.questions)]
            if not open_:
                break
            values: dict[str, Any] = {}
            for question in open_[0].questions:
                values[question.id] = question.options[0].value if question.options else "-"
                if question.kind == "rows":
                    values[question.id] = [
                        {
                            column.key: column.options[0].value if column.options else
                            {"number": 1, "scale5": 3, "date": "2026-03-01", "person": MARC, "people": [MARC]}
                            .get(column.kind, "x")
                            for column in question.columns
                        }
                        for _ in range(question.minimum or 1)
                    ]  # fmt: skip
            turn = says(on, asked, open_[0].key, **values)
            assert turn.accepted, turn.problems
        assert answered(on.flow, on.sheet(MARC), asked)
        done = advance(on.flow, in_hands(on.sheet(MARC), asked), finish, today=on.today)
        assert done.accepted
        assert done.effects == (), "the sheet stays its person's own"
        assert may_change(on.flow, on.sheet(MARC), replace(asked, state="answered"))
        assert returns(on, asked).effects, "it is taken off the sheet once all is said"


def test_both_names_stand_with_the_answer() -> None:
    kept = (
        trace("DAT02", MARC, THOMAS, "declined"),
        trace("DAT02", PAUL, THOMAS, "answered"),
        trace("DAT03", MARC, THOMAS, "answered"),
    )
    assert on_behalf((), question="PRO03", respondent=HUGO, author=SOFIA) == (HUGO,)
    assert on_behalf((), question="PRO03", respondent=HUGO, author=HUGO) == ()
    assert on_behalf(kept, question="DAT02", respondent="", author=THOMAS) == (PAUL,)
    assert on_behalf(kept, question="DAT02", respondent="", author=SOFIA) == ()
    several = (*kept, trace("", HUGO, THOMAS, "answered"), trace("DAT02", PAUL, THOMAS, "answered"))
    assert on_behalf(several, question="DAT02", respondent="", author=THOMAS) == (PAUL, HUGO)
