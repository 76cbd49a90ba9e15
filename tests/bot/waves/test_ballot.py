"""A ballot of an anonymous wave: sent once, without a trace, or not at all (5.3 rule 6)."""

from datetime import date
from typing import Any

from sqlalchemy import select

from storage.tables import ballot_ledger, inbox, outbox
from tests.bot.surfaces.stage import (
    INES,
    SOFIA,
    Town,
)
from tests.bot.waves.polling import TEAM, closes, fills_in, founds, invitation, opens, rows, votes, wave


class _Refusing:
    """A database that reads, and commits nothing."""

    def __init__(self, real: Any) -> None:
        self._real = real

    @classmethod
    def of(cls, place: Town) -> Any:
        return _with_db(place, cls(place.parts.db))

    async def run(self, *_: Any, **__: Any) -> Any:
        from storage.errors import Busy  # noqa: PLC0415

        raise Busy("busy")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def _with_db(place: Town, db: Any) -> Any:
    from dataclasses import replace  # noqa: PLC0415

    return replace(place.parts, db=db)


async def test_20_closing_before_sending_keeps_nothing_and_sending_twice_says_already(place: Town) -> None:
    id = opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    await fills_in(ines, place, "D07", {})
    await ines.sends()
    assert rows(place, "ballot_ledger") == {"ballot_ledger": 0}
    assert (await votes(place, INES)).sees("C’est enregistré")
    again = await votes(place, INES, BEL01="5")
    assert again.sees("Déjà enregistré : un premier bulletin est dans l’urne")
    assert not again.sees("Parler à une personne neutre"), "the coach is offered on the sending alone"
    assert rows(place, "ballot_ledger") == {"ballot_ledger": 1}
    assert wave(place, id).open


async def test_a_ballot_leaves_no_row_but_its_mark(place: Town) -> None:
    """No inbox row, no outbox row, no memo, no profile: only the ledger grows, and the box is rewritten."""
    opens(place, founds(place))
    invitation(place, INES)
    place.delivers()
    before = rows(place)
    asked = len(place.slack.asked)
    await votes(place, INES, BEL01="5", BEL07="Du texte", BEL07a="quote")
    after = rows(place)
    assert {name: after[name] - n for name, n in before.items() if after[name] != n} == {"ballot_ledger": 1}
    assert len(place.slack.asked) == asked, "Slack is asked nothing about the person"


async def test_two_screens_are_sent_by_people_who_do_not_meet(place: Town) -> None:
    opens(place, founds(place))
    for user in TEAM:
        assert (await votes(place, user)).sees("C’est enregistré" if user != SOFIA else "Recorded")
    assert rows(place, "ballot_ledger") == {"ballot_ledger": 5}


async def test_a_closed_wave_says_so_and_records_nothing(place: Town) -> None:
    id = opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    await fills_in(ines, place, "D07", {})
    closes(place, id)
    await ines.sends()
    assert ines.sees("Cette consultation est close.", "mardi 20 janvier")


async def test_a_failure_keeps_the_answers_on_the_screen(place: Town) -> None:
    opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    for _ in range(2):
        await fills_in(ines, place, "D07", {})
        await ines.sends()
    await fills_in(ines, place, "D07", {})
    before, works = ines.modal, place.parts.db
    place.parts = _Refusing.of(place)
    await ines.sends()
    assert "Ce n’est pas enregistré. Vos réponses sont toujours à l’écran" in ines.errors["BEL10"]
    assert ines.modal == before
    place.parts = _with_db(place, works)
    await ines.sends()
    assert ines.sees("C’est enregistré")


async def test_nothing_that_waits_or_was_taken_names_a_wave_and_a_moment_of_a_ballot(place: Town) -> None:
    id = opens(place, founds(place))
    invitation(place, INES)
    place.delivers()

    def kept(conn: Any) -> tuple[list[Any], list[Any]]:
        across = {"across_workspaces": True}
        return (
            [tuple(row) for row in conn.execute(select(inbox).execution_options(**across))],
            [tuple(row) for row in conn.execute(select(outbox).execution_options(**across))],
        )

    before = place.parts.db.read_sync(kept)
    for user in TEAM:
        await votes(place, user)
    assert place.parts.db.read_sync(kept) == before
    assert rows(place, "ballot_ledger") == {"ballot_ledger": 5}
    assert ballot_ledger.c.keys() == ["workspace", "wave_id", "mark"]
    assert wave(place, id).closes_on == date(2026, 1, 20)
