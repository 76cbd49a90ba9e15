"""When several people can meet: inside everybody's hours, on days on which nobody is away."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from flows.meeting import MOST, Attendee, event, spread, times, working_day_before
from flows.register.takeaway import calendar

PARIS, MONTREAL, TOKYO = (ZoneInfo(name) for name in ("Europe/Paris", "America/Toronto", "Asia/Tokyo"))
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)
HERE = Attendee(zone=PARIS)


def said(found: tuple[datetime, ...], zone: ZoneInfo = PARIS) -> list[str]:
    return [f"{one.astimezone(zone):%a %d %H:%M}" for one in found]


def test_the_first_times_of_the_next_working_days_two_a_day() -> None:
    found = times([HERE], minutes=90, now=FRIDAY, zone=PARIS)
    assert said(found)[:4] == ["Mon 23 09:00", "Mon 23 10:30", "Tue 24 09:00", "Tue 24 10:30"]
    assert len(found) == MOST


def test_a_long_one_leaves_lunch_free() -> None:
    assert said(times([HERE], minutes=150, now=FRIDAY, zone=PARIS))[:2] == ["Mon 23 09:00", "Mon 23 13:30"]


def test_people_of_two_continents_meet_in_the_hours_they_share() -> None:
    found = times([HERE, Attendee(zone=MONTREAL)], minutes=60, now=FRIDAY, zone=PARIS)
    assert said(found)[:2] == ["Mon 23 15:00", "Mon 23 16:00"]
    assert said(found, MONTREAL)[0] == "Mon 23 09:00"


def test_where_only_a_lunch_break_is_shared_it_is_used() -> None:
    found = times([Attendee(zone=MONTREAL), Attendee(zone=PARIS)], minutes=180, now=FRIDAY, zone=PARIS)
    assert said(found)[:1] == ["Mon 23 15:00"]


def test_who_share_no_hour_get_no_proposal() -> None:
    assert times([Attendee(zone=TOKYO), Attendee(zone=MONTREAL)], minutes=60, now=FRIDAY, zone=PARIS) == ()


def test_nobody_is_asked_on_a_day_they_are_away_nor_on_a_day_off() -> None:
    away = Attendee(zone=PARIS, away=((date(2026, 11, 23), date(2026, 11, 24)),))
    found = times([away], minutes=60, now=FRIDAY, zone=PARIS, closed={date(2026, 11, 25)})
    assert said(found)[0] == "Thu 26 09:00"


def test_two_times_of_a_day_do_not_overlap() -> None:
    start = datetime(2026, 11, 23, 8, tzinfo=UTC)
    fits = [start + timedelta(minutes=30 * n) for n in range(5)]
    assert spread(fits, timedelta(minutes=60)) == [start, start + timedelta(minutes=60)]


def test_a_weekend_and_midnight_of_somebody_else_are_not_working_time() -> None:
    assert not HERE.free(
        datetime(2026, 11, 21, 10, tzinfo=UTC), datetime(2026, 11, 21, 11, tzinfo=UTC), lunch=True
    )
    assert not HERE.free(
        datetime(2026, 11, 23, 22, tzinfo=UTC), datetime(2026, 11, 23, 23, 30, tzinfo=UTC), lunch=True
    )
    assert not HERE.free(
        datetime(2026, 11, 23, 11, tzinfo=UTC), datetime(2026, 11, 23, 12, tzinfo=UTC), lunch=False
    )


def test_a_calendar_takes_the_meeting_and_its_new_time() -> None:
    start = datetime(2026, 11, 23, 9, tzinfo=UTC)
    lines = event(
        uid="w1@cadrage", start=start, minutes=90, title="W02, Goals", detail="Agree; write",
        stamp=FRIDAY, version=2,
    )  # fmt: skip
    text = "".join(calendar(lines))
    assert "DTSTART:20261123T090000Z\r\nDTEND:20261123T103000Z\r\n" in text
    assert "SUMMARY:W02\\, Goals" in text
    assert "DESCRIPTION:Agree\\; write" in text
    assert "SEQUENCE:2" in text
    assert text.startswith("BEGIN:VCALENDAR")


def test_the_working_day_before_a_monday_is_a_friday() -> None:
    assert working_day_before(date(2026, 11, 23)) == date(2026, 11, 20)
    assert working_day_before(date(2026, 11, 24)) == date(2026, 11, 23)
    assert working_day_before(date(2026, 11, 24), 3, {date(2026, 11, 20)}) == date(2026, 11, 18)
