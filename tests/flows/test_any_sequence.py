"""No sequence of answers, edits, exits, records that come and go, and versions of content loses an answer
or crashes: every dialogue, questions asked once a record included."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.dialogue.effects import Keep
from flows.dialogue.engine import current, path, progress
from flows.dialogue.model import Case, Flow, Question, Screen
from flows.dialogue.turn import Turn
from flows.playbook import load
from flows.register.recordings import READS
from flows.words import Words
from tests.flows.stage import BOREAL, EMPTY, HUGO, MARC, Stage
from tests.flows.test_properties import PEOPLE, likely

PLAYBOOK = load()
ASKED = sorted(id for id, flow in PLAYBOOK.flows.items() if flow.screens)
PARTS = frozenset({"after_W02", "W06", "W07", "W08", "W10"})
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]


def record(kind: str, number: int) -> Case:
    """A record that another dialogue has left; an odd session has been held."""
    prefix = {"need": "REQ", "vendor": "VND", "task": "TSK"}[kind]
    held = {"attendees": [MARC, HUGO]} if number % 2 else {}
    return Case(ref=f"{prefix}-{number}", title=Words.same(f"{kind} {number}"), fields=held)


def reworded(flow: Flow) -> Flow:
    return asks(flow, lambda q: replace(q, words=Words(f"{q.words.en}!", f"{q.words.fr} !")))


def fewer_choices(flow: Flow) -> Flow:
    return asks(flow, lambda q: replace(q, options=q.options[1:]) if len(q.options) > 1 else q)


def stricter(flow: Flow) -> Flow:
    return asks(flow, lambda q: replace(q, requirement="hard", minimum=2 if q.kind == "rows" else q.minimum))


def looser(flow: Flow) -> Flow:
    return asks(flow, lambda q: replace(q, requirement="optional", checks=(), show_if=()))


def shorter(flow: Flow) -> Flow:
    """Without its first screen, and without the columns that nothing reads: others no content may drop."""

    def less(asked: Question) -> Question:
        read = {column for name in asked.records for column in READS.get(name, ("", ()))[1]}
        return replace(asked, columns=tuple(c for c in asked.columns if c.required or c.key in read))

    return asks(replace(flow, screens=flow.screens[1:] or flow.screens), less)


def turned_round(flow: Flow) -> Flow:
    return replace(flow, screens=tuple(reversed(flow.screens)))


def asks(flow: Flow, change: Any) -> Flow:
    """The flow with every question changed."""

    def changed(screen: Screen) -> Screen:
        return replace(screen, questions=tuple(change(question) for question in screen.questions))

    return replace(flow, screens=tuple(changed(screen) for screen in flow.screens))


VERSIONS = (reworded, fewer_choices, stricter, looser, shorter, turned_round)


def a_stage(flow: str) -> Stage:
    cast = EMPTY if flow == "D01" else BOREAL
    register = {kind: (record(kind, 81), record(kind, 82)) for kind in ("need", "vendor", "task")}
    return Stage(playbook=PLAYBOOK, flow_id=flow, cast=cast, parts=PARTS, register=register)


def with_content(stage: Stage, version: Any) -> Stage:
    """The same run after a restart with another version of the content."""
    original = PLAYBOOK.flows[stage.flow_id]
    flows = {**PLAYBOOK.flows, stage.flow_id: version(original) if version else original}
    return replace(stage, playbook=replace(PLAYBOOK, flows=flows))


def gesture(data: st.DataObject, stage: Stage, who: str) -> Turn | None:
    """One thing somebody does on a screen of theirs, as the form they opened asks it."""
    screens = path(stage.flow, stage.sheet(who))
    if not screens:
        return None
    screen = data.draw(st.sampled_from(screens))
    asked: Question = data.draw(st.sampled_from(screen.questions))
    what = data.draw(st.sampled_from(["submit"] * 4 + ["unknown", "outside", "later", "back", "finish"]))
    if what == "submit":
        values = {q.id: data.draw(st.none() | likely(q)) for q in screen.questions}
        return stage.submits(who, screen.key, data.draw(st.booleans()), **values)
    if what == "back":
        return stage.answers_after_all(who, asked.id)
    if what == "finish":
        return stage.finishes(who)
    return stage.exits(who, asked.id, what, data.draw(st.booleans()))


@pytest.mark.parametrize("flow", ASKED)
@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_no_sequence_loses_an_answer_or_crashes(flow: str, data: st.DataObject) -> None:
    stage = a_stage(flow)
    for _ in range(data.draw(st.integers(1, 8))):
        before, who = dict(stage.rows), data.draw(st.sampled_from(PEOPLE))
        match data.draw(st.sampled_from(["gesture"] * 6 + ["content", "record gone", "record comes"])):
            case "gesture":
                turn = gesture(data, stage, who)
                said = (
                    {(k.question, k.respondent) for k in turn.effects if isinstance(k, Keep)}
                    if turn
                    else set()
                )
                changed = {key for key, answer in stage.rows.items() if before.get(key) != answer}
                assert changed <= said, "only what was said changes"
            case "content":
                stage = with_content(stage, data.draw(st.none() | st.sampled_from(VERSIONS)))
                assert stage.rows == before
            case "record gone":
                stage = replace(stage, register={kind: cases[1:] for kind, cases in stage.register.items()})
            case _:
                more = {
                    kind: (*known, record(kind, 90 + len(known))) for kind, known in stage.register.items()
                }
                stage = replace(stage, register=more)
        assert set(before) <= set(stage.rows), "no answer is lost"
        stands(stage)
    stage = with_content(stage, None)
    stands(stage)


def stands(stage: Stage) -> None:
    """Everybody can go on from here: their answers are on their sheet, and their path is theirs."""
    for who in PEOPLE:
        sheet = stage.sheet(who)
        own = {question for question, respondent in stage.rows if respondent in ("", who)}
        assert own <= set(sheet.answers) | set(sheet.exits)
        screens = path(stage.flow, sheet)
        at = current(stage.flow, sheet)
        assert at is None or at in screens
        found = progress(stage.flow, sheet)
        assert 0 <= found.done <= found.total
        assert all(who in stage.cast.audience(q.audience) for screen in screens for q in screen.questions)
