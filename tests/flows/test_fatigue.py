"""The cap on what anybody is asked (2.1): whatever is decided, in whatever order, it is never broken."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.cadence import add_working_days, is_working_day
from flows.fatigue import Ask, days, monday, reminder_was_due
from flows.plan import Caps

CAPS = Caps(messages_a_day=1, minutes_a_week=30, sponsor_minutes_a_week=15, waves_a_week=1)
MONDAY = date(2026, 1, 12)
SINCE = datetime(2026, 1, 12, 9, tzinfo=UTC)


def ask(key: str, *, on: int = 0, **more: object) -> Ask:
    """`on`: days after the first Monday."""
    given: dict[str, object] = {"kind": "dialogue", "minutes": 5, "since": SINCE, **more}
    return Ask(key=key, earliest=MONDAY + timedelta(days=on), **given)  # type: ignore[arg-type]


def planned(*asks: Ask, today: int = 0, away: int | None = None) -> dict[str, int]:
    """The days after the first Monday on which they leave."""
    away_until = None if away is None else MONDAY + timedelta(days=away)
    found = days(asks, CAPS, MONDAY + timedelta(days=today), away_until=away_until)
    return {key: (day - MONDAY).days for key, day in found.items()}


def test_one_message_a_working_day() -> None:
    assert planned(*(ask(key) for key in "abcdef")) == {"a": 0, "b": 1, "c": 2, "d": 3, "e": 4, "f": 7}


def test_two_messages_that_an_outage_held_back_do_not_leave_on_one_morning() -> None:
    assert planned(ask("a", on=1), ask("b", on=2), today=7) == {"a": 7, "b": 8}


def test_a_message_that_left_today_takes_the_day() -> None:
    assert planned(ask("a", left=MONDAY), ask("b")) == {"b": 1}


def test_thirty_minutes_a_week() -> None:
    assert planned(ask("a", minutes=20), ask("b", minutes=12), ask("c", minutes=10)) == {
        "a": 0,
        "b": 7,
        "c": 1,
    }


def test_what_belongs_to_the_middle_of_the_week_waits_for_it() -> None:
    assert planned(ask("a", midweek=True), ask("b", midweek=True), ask("c", midweek=True, on=4)) == {
        "a": 1, "b": 2, "c": 8,
    }  # fmt: skip


def test_fifteen_for_the_sponsor() -> None:
    first, second = ask("a", minutes=10, sponsor=True), ask("b", minutes=6, sponsor=True)
    assert planned(first, second) == {"a": 0, "b": 7}
    assert planned(first, replace(second, sponsor=False)) == {"a": 0, "b": 1}


def test_a_questionnaire_longer_than_a_week_takes_up_the_weeks_after() -> None:
    long = ask("a", minutes=40, sponsor=True)
    assert planned(long, ask("b", sponsor=True), ask("c", minutes=30)) == {"a": 0, "b": 14, "c": 21}
    assert planned(ask("z", left=MONDAY), long) == {"a": 7}


def test_one_new_wave_a_week() -> None:
    assert planned(ask("a", kind="wave"), ask("b", kind="wave")) == {"a": 0, "b": 7}


def test_what_a_workshop_needs_goes_first_then_waves_then_dialogues_then_check_ins() -> None:
    needed = ask("d", needed_by=MONDAY + timedelta(days=4))
    everything = (ask("a", kind="checkin"), ask("b"), ask("c", kind="wave"), needed)
    assert planned(*everything) == {"d": 0, "c": 1, "b": 2, "a": 3}
    far = replace(needed, needed_by=MONDAY + timedelta(days=20))
    assert planned(ask("b", kind="wave"), far) == {"b": 0, "d": 1}
    past = replace(needed, needed_by=MONDAY - timedelta(days=1))
    assert planned(ask("b", kind="wave"), past) == {"b": 0, "d": 1}


def test_forms_of_lead_and_facilitator_are_outside_the_cap() -> None:
    assert planned(ask("a"), ask("b", counted=False, minutes=90)) == {"a": 0, "b": 0}


def test_a_reminder_waits_for_a_day_without_another_message_and_there_is_one_a_day() -> None:
    reminder = ask("r", kind="reminder", minutes=0)
    assert planned(reminder, ask("a")) == {"a": 0, "r": 1}
    assert planned(reminder, ask("f", counted=False)) == {"f": 0, "r": 1}
    assert planned(reminder, replace(reminder, key="s")) == {"r": 0, "s": 1}
    assert planned(replace(reminder, left=MONDAY), replace(reminder, key="s")) == {"s": 1}
    assert planned(replace(reminder, left=MONDAY), ask("a")) == {"a": 0}, "a reminder takes no day"


def test_nothing_at_weekends_nor_while_somebody_is_away() -> None:
    assert planned(ask("a", on=5)) == {"a": 7}
    assert planned(ask("a"), away=2) == {"a": 3}
    assert planned(ask("a"), today=1, away=-30) == {"a": 1}
    assert planned() == {}


def test_when_a_reminder_had_its_turn() -> None:
    asks = [ask("a", left=MONDAY), ask("b", left=MONDAY + timedelta(days=1)), ask("c")]
    asks += [ask("r", kind="reminder", left=MONDAY + timedelta(days=2))]
    assert reminder_was_due(asks, MONDAY) == MONDAY + timedelta(days=2)
    assert reminder_was_due((), MONDAY + timedelta(days=5)) == MONDAY + timedelta(days=7)


# -- whatever happens --------------------------------------------------------------------------------------

decided = st.builds(
    lambda kind, minutes, counted, sponsor, wait, need: {
        "kind": kind, "minutes": 0 if kind == "reminder" else minutes, "counted": counted,
        "sponsor": sponsor, "wait": wait, "need": need,
    },
    st.sampled_from(["dialogue", "dialogue", "wave", "checkin", "reminder"]),
    st.integers(0, 45), st.booleans() | st.just(True), st.booleans(), st.integers(0, 9),
    st.none() | st.integers(0, 12),
)  # fmt: skip
#: By day: what is decided on it, and whether the bot is at work in the evening of it.
history = st.lists(st.tuples(st.lists(decided, max_size=3), st.booleans()), max_size=25)


@settings(max_examples=150, deadline=None)
@given(history)
def test_no_history_of_sends_breaks_a_cap_loses_or_repeats_anything(history: list) -> None:  # type: ignore[type-arg]
    """Each day new messages are decided upon, planned ones may be overtaken, and the bot may be off."""
    asks: dict[str, Ask] = {}
    today = MONDAY
    for new, works in [*history, *[([], True)] * 400]:
        for one in new:
            key, wait, need = f"{len(asks):03}", one["wait"], one["need"]
            asks[key] = Ask(
                key=key, kind=one["kind"], minutes=one["minutes"], counted=one["counted"],
                sponsor=one["sponsor"], earliest=today + timedelta(days=wait), since=SINCE,
                needed_by=None if need is None else today + timedelta(days=need),
            )  # fmt: skip
        plan = days(asks.values(), CAPS, today)
        assert plan.keys() == {key for key, each in asks.items() if each.left is None}, "each gets a day"
        for key, day in plan.items():
            assert day >= max(today, asks[key].earliest)
            assert is_working_day(day)
            if day == today and works:
                asks[key] = replace(asks[key], left=today)
        today += timedelta(days=1)
        if not any(each.left is None for each in asks.values()) and today > MONDAY + timedelta(
            days=len(history)
        ):
            break
    assert all(each.left is not None for each in asks.values()), "nothing waits for ever"
    kept_within_caps([each for each in asks.values() if each.kind != "reminder" and each.counted])
    reminders_stand_alone([*asks.values()])


def kept_within_caps(left: list[Ask]) -> None:
    a_day = Counter(each.left for each in left)
    assert all(n <= CAPS.messages_a_day for n in a_day.values())
    waves = Counter(monday(each.left) for each in left if each.kind == "wave" and each.left)
    assert all(n <= CAPS.waves_a_week for n in waves.values())
    for cap, mine in (
        (CAPS.minutes_a_week, left),
        (CAPS.sponsor_minutes_a_week, [each for each in left if each.sponsor]),
    ):
        minutes: Counter[date] = Counter()
        for each in mine:
            assert each.left is not None
            week, rest = monday(each.left), each.minutes
            while rest > 0:
                minutes[week] += min(rest, cap)
                week, rest = week + timedelta(days=7), rest - cap
        assert all(n <= cap for n in minutes.values())


def reminders_stand_alone(left: list[Ask]) -> None:
    reminders = [each.left for each in left if each.kind == "reminder"]
    assert len(set(reminders)) == len(reminders)
    assert not set(reminders) & {each.left for each in left if each.kind != "reminder" and each.counted}


def test_a_working_day_later_is_never_a_weekend() -> None:
    assert is_working_day(add_working_days(MONDAY + timedelta(days=4), 1))
