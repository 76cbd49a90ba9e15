"""Two people decide in the same instant on PostgreSQL: both transactions are open before either holds a row.
One wins, the other is told by whom, and keeps the text."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, make_url

from bot.request import Reply
from flows.playbook import Playbook
from storage.database import connect
from storage.tables import metadata
from tests.bot.arbitration.test_arbitration import LOSS, REASON, card, case, decision, records, spoken
from tests.bot.surfaces.stage import BOREAL, CLAIRE, INES, MARC, SOFIA, Json, Someone, Town, flat, said, town
from tests.bot.surfaces.test_records_by_hand import kept, project
from tests.bot.surfaces.test_records_by_hand import records as makes
from tests.databases import PATIENCE, own_schema

pytestmark = pytest.mark.postgresql
ROUNDS = 4


@pytest.fixture
def place(postgresql_server: str, playbook: Playbook) -> Iterator[Town]:
    """An empty workspace on PostgreSQL, where two transactions may really be open at once."""
    with own_schema(postgresql_server) as url:
        engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
        metadata.create_all(engine)
        engine.dispose()
        database = connect(url, deadline=PATIENCE, key="k" * 43)
        yield town(database, playbook)
        database.close()


class Together:
    """Lets nobody hold a row of this table before two have come to do so, each in a transaction of their own.
    Only once: whoever comes later passes."""

    def __init__(self, table: str) -> None:
        self._table, self._both = table, threading.Barrier(2, timeout=20)
        self._came: set[int] = set()
        self._guard = threading.Lock()
        self.met = False

    def __enter__(self) -> "Together":
        event.listen(Engine, "before_cursor_execute", self._wait)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._wait)

    def _wait(self, _conn: object, _cursor: object, sql: str, *_: object) -> None:
        if "FOR UPDATE" not in sql or f"FROM {self._table} " not in " ".join(sql.split()):
            return
        with self._guard:
            if len(self._came) == 2 or threading.get_ident() in self._came:
                return
            self._came.add(threading.get_ident())
        self._both.wait()
        self.met = True


async def at_once(place: Town, table: str, *payloads: Json) -> list[Reply]:
    """Both forms are sent in the same instant."""
    with Together(table) as barrier:
        replies = await asyncio.gather(*(place.send(payload) for payload in payloads))
    assert barrier.met, "they did not meet"
    return replies


async def fills_in(somebody: Someone, button: str, card: Any, **words: str) -> Json:
    """The form behind a button of the card, filled in and not sent yet."""
    await somebody.presses(button, on=card)
    somebody.fills(dict(words))
    return somebody.submission()


async def test_one_of_two_decides_a_record_and_the_other_is_told_by_whom(place: Town) -> None:
    id = project(place)
    for user in (MARC, CLAIRE):
        await place.person(user).opens_home()  # the bot learns their names
    for n in range(1, ROUNDS + 1):
        await makes(place.person(INES), f"decision Lot {n}", reason="Utile", decided_by=MARC)
        place.delivers()
        shown = next(one for one in place.to(BOREAL, "decision_card") if f"DEC-{n} " in flat(one.text))
        yes = await fills_in(place.person(MARC), "Accepter", shown, reason="Mes raisons")
        no = await fills_in(place.person(CLAIRE), "Écarter", shown, why="Trop tôt")
        replies = await at_once(place, "record", yes, no)
        lost = [reply.ack.get("errors") for reply in replies]
        assert lost.count(None) == 1, lost
        won = lost.index(None)
        assert kept(place, id, f"DEC-{n}").status == ("accepted", "rejected")[won]
        [errors] = [one for one in lost if one]
        winner = ("Marc Delorme", "Claire Vasseur")[won]
        assert f"{winner} a été plus rapide" in flat(" ".join(errors.values()))
        assert "Vos mots sont encore ici" in flat(" ".join(errors.values()))  # an error leaves the form open


async def test_one_of_two_settles_a_case_and_the_other_keeps_every_word(place: Town) -> None:
    id = await spoken(place)
    claire = await place.person(CLAIRE).presses("Déléguer", on=card(place, CLAIRE, "arbitration"))
    claire.fills({"who": SOFIA})
    await claire.sends()
    place.delivers()
    mine = await place.person(CLAIRE).presses("Trancher", on=card(place, CLAIRE, "arbitration"))
    forms = [decision(mine).submission()]
    theirs = await place.person(SOFIA).presses("Decide", on=card(place, SOFIA, "arbitration"))
    forms.append(decision(theirs).submission())
    replies = await at_once(place, "project", *forms)
    pages = [said(reply.ack["view"]) for reply in replies]
    won = next(n for n, page in enumerate(pages) if "Tranché, merci" in page or "Decided, thank you" in page)
    late = pages[1 - won]
    told = ("Claire Vasseur has settled TRD-1 already", "Sofia Lindqvist a déjà tranché TRD-1")
    assert told[won] in late
    assert REASON in late
    assert LOSS in late
    assert len(records(place, id, "decision")) == 1
    assert case(place, id).outcome.by == (CLAIRE, SOFIA)[won]
