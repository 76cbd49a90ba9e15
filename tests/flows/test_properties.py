"""What holds whatever people, and modified clients, send."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.dialogue.effects import Record
from flows.dialogue.engine import current, path, progress
from flows.dialogue.kinds import KINDS, Refused, check
from flows.dialogue.model import Case, Column, Question, Screen
from flows.dialogue.path import relevant
from flows.dialogue.show import in_words
from flows.playbook import Playbook, load
from flows.words import Words
from tests.flows.questions import choice, column, question, table
from tests.flows.stage import BOREAL, CLAIRE, ELODIE, EMPTY, HUGO, INES, JEANNE, MARC, NAMES, SOFIA, Stage

PLAYBOOK = load()
CLOSE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
#: JSON as a modified client may send it, half surrogates and control characters included.
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(["red", "green", "none", "nobody", "U1", "2026-01-19", "M", "1"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["what", "size", "red", "green", "id", "person"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
QUESTIONS = [
    question(), question(kind="long_text"), choice(), choice("QUE01", "multi"),
    choice("QUE01", "scale5", "1", "2", "3", "4", "5"), question(kind="number"), question(kind="date"),
    question(kind="person"), question(kind="person", external=True), question(kind="people"),
    choice("QUE01", "ranking"), choice("QUE01", "points100"), choice("QUE01", "moscow"), table(),
    table(columns=(column("person", "person"), column("size", "number", required=False))),
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(QUESTIONS), ANYTHING)
def test_any_raw_value_becomes_valid_or_a_problem_in_both_languages(asked: Question, raw: Any) -> None:
    value = check(asked, raw)
    if isinstance(value, Refused):
        assert value.words.en
        assert value.words.fr
    else:
        assert check(asked, value) == value, "what is kept stays valid"
        assert storable(value)
        assert in_words(asked, value, NAMES).en


def storable(value: Any) -> bool:
    """No NUL and no half surrogate: any database takes it."""
    match value:
        case str():
            return "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
        case list():
            return all(map(storable, value))
        case dict():
            return all(map(storable, [*value, *value.values()]))
    return True


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(QUESTIONS), ANYTHING)
def test_whatever_was_kept_can_be_shown(asked: Question, value: Any) -> None:
    assert in_words(asked, value, NAMES).en is not None


PEOPLE = (MARC, CLAIRE, INES, SOFIA, HUGO, ELODIE)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def likely(asked: Question) -> st.SearchStrategy[Any]:
    """Values that are mostly right for this question."""
    values = [option.value for option in asked.options] or ["x"]
    lines = {column.key: cell(asked, column) for column in asked.columns}
    by_kind: dict[str, st.SearchStrategy[Any]] = {
        "single": st.sampled_from(values),
        "scale5": st.sampled_from(values),
        "multi": st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True),
        "number": st.integers(0, 90),
        "date": st.dates(date(2026, 1, 1), date(2027, 1, 1)).map(date.isoformat),
        "person": st.sampled_from((*PEOPLE, JEANNE, "nobody")),
        "ranking": st.permutations(values),
        "points100": st.just(dict.fromkeys(values, 100 // len(values))),
        "moscow": st.fixed_dictionaries({value: st.sampled_from("MSCW") for value in values}),
        "rows": st.lists(st.fixed_dictionaries(lines), max_size=5),
    }
    return by_kind.get(asked.kind, TEXTS)


def cell(asked: Question, of: Column) -> st.SearchStrategy[Any]:
    from_options = {"options": of.options, "columns": ()}
    known = {"id": asked.id, "kind": of.kind, "words": of.label, "why": of.label, "short": of.label}
    value = likely(Question(**known, **from_options, audience=asked.audience, mode=asked.mode))  # type: ignore[arg-type]
    return value if of.required else st.none() | value


@st.composite
def gestures(draw: st.DrawFn, flow: str) -> list[tuple[str, ...]]:
    """A handful of gestures of several people on one flow."""
    screens = PLAYBOOK.flows[flow].screens
    made: list[Any] = []
    for _ in range(draw(st.integers(1, 8))):
        who, screen = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(screens))
        what = draw(st.sampled_from(["submit"] * 5 + ["unknown", "outside", "later", "back", "finish"]))
        if what == "submit":
            made.append(
                (what, who, screen.key, {q.id: draw(st.none() | likely(q)) for q in screen.questions})
            )
        else:
            made.append((what, who, draw(st.sampled_from(screen.questions)).id, draw(st.booleans())))
    return made


def does(stage: Stage, gesture: Any) -> Any:
    what, who, where, more = gesture
    match what:
        case "submit":
            return stage.submits(who, where, True, **more)
        case "back":
            return stage.answers_after_all(who, where)
        case "finish":
            return stage.finishes(who)
    return stage.exits(who, where, what, more)


def a_stage(playbook: Playbook, flow: str) -> Stage:
    cast = EMPTY if flow == "D01" else BOREAL
    return Stage(playbook=playbook, flow_id=flow, cast=cast, parts=frozenset({"after_W02"}))


def memory(stage: Stage) -> Any:
    unknown = {id: (issue.status, issue.asked_by) for id, issue in stage.unknowns.items()}
    return (
        dict(stage.rows),
        dict(stage.records),
        unknown,
        stage.cast,
        dict(stage.project),
        set(stage.complete),
    )


@pytest.mark.parametrize("flow", ["D01", "D02", "D03"])
@settings(max_examples=60, deadline=None, suppress_health_check=CLOSE)
@given(data=st.data())
def test_the_same_event_twice_changes_nothing_more(
    playbook: Playbook, flow: str, data: st.DataObject
) -> None:
    stage = a_stage(playbook, flow)
    for gesture in data.draw(gestures(flow)):
        does(stage, gesture)
        once = memory(stage)
        does(stage, gesture)
        assert memory(stage) == once


@pytest.mark.parametrize("flow", ["D01", "D02", "D03"])
@settings(max_examples=60, deadline=None, suppress_health_check=CLOSE)
@given(data=st.data())
def test_going_back_and_sending_the_same_answers_has_no_consequences(
    playbook: Playbook, flow: str, data: st.DataObject
) -> None:
    stage = a_stage(playbook, flow)
    for gesture in data.draw(gestures(flow)):
        turn = does(stage, gesture)
        if gesture[0] == "submit" and turn.accepted:
            stage.today += timedelta(days=1)
            again = stage.submits(gesture[1], gesture[2], **gesture[3])
            assert not again.consequences
            assert again.effects == ()


@pytest.mark.parametrize("flow", ["D01", "D02", "D03"])
@settings(max_examples=60, deadline=None, suppress_health_check=CLOSE)
@given(data=st.data())
def test_a_path_never_holds_somebody_elses_question(
    playbook: Playbook, flow: str, data: st.DataObject
) -> None:
    stage = a_stage(playbook, flow)
    for gesture in data.draw(gestures(flow)):
        does(stage, gesture)
    for who in (*PEOPLE, JEANNE):
        sheet = stage.sheet(who)
        screens = path(stage.flow, sheet)
        for asked in (asked for screen in screens for asked in screen.questions):
            assert who in stage.cast.audience(asked.audience)
            assert asked.visibility != "anonymous"
        stands = current(stage.flow, sheet)
        assert stands is None or stands in screens
        found = progress(stage.flow, sheet)
        assert found.finished == (stands is None)
        assert 0 <= found.done <= found.total


@pytest.mark.parametrize("flow", ["D01", "D02", "D03"])
@settings(max_examples=60, deadline=None, suppress_health_check=CLOSE)
@given(data=st.data())
def test_records_replace_what_their_source_recorded(
    playbook: Playbook, flow: str, data: st.DataObject
) -> None:
    """Whatever the order of gestures, the register is what the answers that stand say."""
    stage = a_stage(playbook, flow)
    for gesture in data.draw(gestures(flow)):
        turn = does(stage, gesture)
        sources = [effect.source for effect in turn.effects if isinstance(effect, Record)]
        assert len(set(sources)) == len(sources), "one effect a source"
        for effect in turn.effects:
            if isinstance(effect, Record):
                made = {(draft.kind, draft.item) for draft in effect.drafts}
                assert len(made) == len(effect.drafts), "one draft an item"
    for source, _, _ in stage.records:
        sheet = stage.sheet(source.respondent or ELODIE)
        assert source.question in relevant(stage.flow, sheet)


SESSIONS = tuple(
    Case(ref=f"VND-{number}", title=Words.same("Nordsoft"), fields={"attendees": attendees})
    for number, attendees in ((8, [MARC, HUGO]), (9, []))
)
LATER = sorted(id for id, flow in PLAYBOOK.flows.items() if id > "D03" and flow.screens)


@pytest.mark.parametrize("flow", LATER)
@settings(max_examples=25, deadline=None, suppress_health_check=CLOSE)
@given(data=st.data())
def test_later_dialogues_keep_every_promise_too(playbook: Playbook, flow: str, data: st.DataObject) -> None:
    """Screens are drawn from what people see, so that questions about records are answered too."""
    parts = frozenset({"W06", "W07", "W08", "W10"})
    stage = Stage(playbook=playbook, flow_id=flow, cast=BOREAL, parts=parts, register={"vendor": SESSIONS})
    for _ in range(data.draw(st.integers(1, 6))):
        who = data.draw(st.sampled_from(PEOPLE))
        screens = path(stage.flow, stage.sheet(who))
        if not screens:
            continue
        screen = data.draw(st.sampled_from(screens))
        values = {q.id: data.draw(st.none() | likely(q)) for q in screen.questions}
        before, said = dict(stage.rows), stage.sheet(who).answers
        turn = stage.submits(who, screen.key, True, **values)
        assert turn.accepted or stage.rows == before, "refused as a whole"
        assert set(said) <= set(stage.sheet(who).answers), "no answer is lost"
        assert set(stage.records) == {(s, d.kind, d.item) for (s, _, _), d in stage.records.items()}
        if turn.accepted:
            once = memory(stage)
            stage.submits(who, screen.key, True, **values)
            assert set(memory(stage)[1]) == set(once[1])
        for asked in (asked for screen in path(stage.flow, stage.sheet(who)) for asked in screen.questions):
            assert who in stage.cast.audience(asked.audience)
            assert asked.visibility != "anonymous"


def test_every_kind_is_tried() -> None:
    assert {asked.kind for asked in QUESTIONS} == set(KINDS)
    assert Screen(key="a", questions=()).title is None
