"""The people of a lot, days off, open moments of the coach: kept alike on SQLite and on PostgreSQL."""

from datetime import date, time
from typing import Any

import pytest

from storage import casting, coach_slots, lot_users, project, wave
from storage.casting import Change
from storage.coach_slots import Moment
from storage.database import Database
from tests.storage.scoping import CLAIRE, JULIE, KARIM, NOW, SOPHIE, T
from tests.storage.voting import VOTERS, Polling, polling


@pytest.fixture
def poll(database: Database) -> Polling:
    return polling(database)


def test_lists_are_replaced_and_left_and_stand_in_the_cast(poll: Polling) -> None:
    here: dict[str, Any] = {"workspace": T, "project_id": poll.project}

    def put(lot: str, *users: str) -> tuple[set[str], set[str]]:
        return poll.db.run_sync(lot_users.put, **here, lot=lot, users=users, by=SOPHIE, now=NOW)

    def cast() -> Any:
        found = poll.db.read_sync(project.get, workspace=T, id=poll.project)
        assert found is not None
        return found.cast

    assert put("LOT-1", "UA", "UB", KARIM) == ({"UA", "UB", KARIM}, set())
    assert put("LOT-1", "UA", "UC", KARIM) == ({"UC"}, {"UB"})
    put("LOT-2", "UA")
    assert cast().lots == {
        "LOT-1": ("UA", "UC", KARIM),
        "LOT-2": ("UA",),
    }
    assert cast().holder("sponsor") == CLAIRE
    assert JULIE in cast().people("team")
    (mine,) = poll.db.read_sync(project.for_user, workspace=T, user="UA")
    assert mine.id == poll.project
    assert poll.db.run_sync(lot_users.leave, **here, user="UA")
    assert not poll.db.run_sync(lot_users.leave, **here, user="UA")
    assert poll.db.read_sync(project.for_user, workspace=T, user="UA") == []
    assert poll.db.read_sync(project.for_user, workspace="T0OTHER", user="UC") == []


def test_days_off_are_kept_with_the_project(poll: Polling) -> None:
    days = frozenset({date(2026, 12, 25), date(2027, 1, 1)})
    change = Change(workspace=T, project_id=poll.project, by=SOPHIE, now=NOW)
    poll.db.run_sync(casting.settle, change, holidays=days)
    found = poll.db.read_sync(project.get, workspace=T, id=poll.project)
    assert found is not None
    assert found.holidays == days
    poll.db.run_sync(casting.settle, change, holidays=frozenset())
    again = poll.db.read_sync(project.get, workspace=T, id=poll.project)
    assert again is not None
    assert again.holidays == frozenset()


def test_open_moments_are_asked_once_and_said_once(poll: Polling) -> None:
    here: dict[str, Any] = {"workspace": T, "wave_id": poll.id}
    moments = [Moment(day=date(2026, 12, 8), start=time(12), end=time(14))]
    assert not poll.db.run_sync(coach_slots.say, **here, moments=moments, place="")
    assert poll.db.run_sync(coach_slots.want, **here, theme="desire")
    assert not poll.db.run_sync(coach_slots.want, **here, theme="trust")
    waiting = poll.db.read_sync(coach_slots.get, **here)
    assert waiting is not None
    assert (waiting.theme, waiting.moments) == ("desire", ())
    assert poll.db.run_sync(coach_slots.say, **here, moments=moments, place="Salle Molière")
    assert not poll.db.run_sync(coach_slots.say, **here, moments=[], place="Ailleurs")
    (said,) = poll.db.read_sync(coach_slots.of_project, workspace=T, project_id=poll.project)
    assert (said.moments, said.place) == (tuple(moments), "Salle Molière")
    assert poll.db.read_sync(coach_slots.of_project, workspace="T0OTHER", project_id=poll.project) == []


def test_who_was_ever_invited_is_known_and_nothing_else(poll: Polling) -> None:
    here: dict[str, Any] = {"workspace": T, "project_id": poll.project, "what": "D07"}
    assert poll.db.read_sync(wave.asked_before, **here) == set(VOTERS)
    assert poll.db.read_sync(wave.times_asked, **here, user="UV0") == 1
    assert poll.db.read_sync(wave.times_asked, **here, user=CLAIRE) == 0
    assert poll.db.read_sync(wave.asked_before, **{**here, "what": "C01"}) == set()
