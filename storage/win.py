"""Small wins: noticed once for each key, for ever; told by people; where each stands. Decides nothing.

Whoever writes holds the project first (`storage.project.lock`), so that two replicas that look at once
notice one win, and of two who press at once the second reads what the first has written. Counts nobody.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.cadence import zone
from flows.wins.model import PREFIX, Found, Named, State, To, Win
from flows.wins.posting import Post
from flows.words import Words
from storage.numbering import next_number
from storage.statement import Both
from storage.tables import win as table
from storage.tables import win_key

#: States in which a win may be read by everybody of the project.
PUBLIC: tuple[State, ...] = ("posted", "told")

_IN_PROJECT = (table.c.workspace == bindparam("w"), table.c.project_id == bindparam("p"))
#: What holds, and is not said to the sponsor alone.
_PUBLIC_ONES = (*_IN_PROJECT, table.c.told == "team", ~table.c.revoked)
_ONE = (*_IN_PROJECT, table.c.number == bindparam("n"))
_GET = select(table).where(*_ONE)
_OF_STATE = (
    select(table)
    .where(*_PUBLIC_ONES, table.c.state.in_(bindparam("states", expanding=True)))
    .order_by(table.c.number)
)
_SINCE = select(table).where(*_IN_PROJECT, table.c.found_at >= bindparam("since")).order_by(table.c.number)
_OF_ROUND_UP = (
    select(table)
    .where(
        *_PUBLIC_ONES,
        table.c.round_up == bindparam("week"),
        table.c.state.in_(bindparam("states", expanding=True)),
    )
    .order_by(table.c.number)
)
_NEWEST = (
    select(table)
    .where(*_PUBLIC_ONES, table.c.state.in_(bindparam("states", expanding=True)))
    .order_by(table.c.number.desc())
    .limit(bindparam("most"))
)
_ABOUT = select(table).where(*_IN_PROJECT, table.c.ref == bindparam("ref")).order_by(table.c.number)
_POSTS = select(table.c.type, table.c.posted_at).where(
    table.c.workspace == bindparam("w"),
    table.c.channel == bindparam("c"),
    table.c.posted_at >= bindparam("since"),
)
_NAMING = select(table).where(
    table.c.workspace == bindparam("w"), table.c.people.is_not(None), table.c.type.like("WM%")
)
_ADD = insert(table)
_STATE = update(table).where(*_ONE).values(state=bindparam("new_state"))
_PEOPLE = update(table).where(*_ONE).values(people=bindparam("new_people"))
_POST = (
    update(table)
    .where(*_ONE, table.c.state == "waiting", ~table.c.revoked)
    .values(state="posted", posted_at=bindparam("now"), channel=bindparam("c"))
)
_THANK = update(table).where(*_ONE, table.c.thanks.is_(None)).values(thanks=bindparam("words"))
_REVOKE = update(table).where(*_ONE).values(revoked=True)
_INTO = (
    update(table)
    .where(*_ONE, table.c.round_up.is_(None))
    .values(round_up=bindparam("week"), state=bindparam("new_state"))
)
_FORGET = update(table).where(*_ONE).values(
    people=bindparam("new_people"), author=bindparam("new_author"), said_en=bindparam("en"),
    said_fr=bindparam("fr"), state=bindparam("new_state"),
)  # fmt: skip
_TAKE_KEY = Both(lambda insert: insert(win_key).on_conflict_do_nothing().returning(win_key.c.key))
_KEYS = select(win_key.c.key).where(
    win_key.c.workspace == bindparam("w"),
    win_key.c.project_id == bindparam("p"),
    win_key.c.key.in_(bindparam("keys", expanding=True)),
)
_NOTED = select(win_key.c.key).where(
    win_key.c.workspace == bindparam("w"),
    win_key.c.project_id == bindparam("p"),
    win_key.c.key.like("~%"),
)


def notice(
    conn: Connection, *, workspace: str, project_id: str, found: Found, said: Words, to: To, now: datetime
) -> Win | None:
    """Keep what a detector has found; None when any of its keys has been a win before (6.4 rule 3)."""
    keys = [_key(found.detector, key) for key in (found.key, *found.same)]
    here = {"w": workspace, "p": project_id}
    known = conn.execute(_KEYS, {**here, "keys": keys}).first() is not None
    for key in keys:
        _take(conn, workspace, project_id, key, now)
    if known:
        return None
    win = Win(
        number=0, type=found.detector, said=said, to=to, functions=found.functions, ref=found.ref,
        found_at=now,
    )  # fmt: skip
    return _added(conn, workspace, project_id, win)


def tell(conn: Connection, *, workspace: str, project_id: str, win: Win) -> Win:
    """Keep what somebody tells. Its number is given here."""
    return _added(conn, workspace, project_id, win)


def remember(
    conn: Connection, *, workspace: str, project_id: str, notes: Iterable[str], now: datetime
) -> None:
    """Note for later looks that something was so."""
    for note in sorted(notes):
        _take(conn, workspace, project_id, f"~{note}"[:80], now)


def noted(conn: Connection, *, workspace: str, project_id: str) -> frozenset[str]:
    """What earlier looks have noted."""
    rows = conn.execute(_NOTED, {"w": workspace, "p": project_id})
    return frozenset(row.key.removeprefix("~") for row in rows)


def get(conn: Connection, *, workspace: str, project_id: str, number: int) -> Win | None:
    """The win people call WIN-`number`."""
    row = conn.execute(_GET, {"w": workspace, "p": project_id, "n": number}).first()
    return None if row is None else _win(row)


def in_state(conn: Connection, *, workspace: str, project_id: str, states: Iterable[State]) -> list[Win]:
    """Those in one of these states that still hold, oldest first."""
    rows = conn.execute(_OF_STATE, {"w": workspace, "p": project_id, "states": sorted(states)})
    return [_win(row) for row in rows]


def since(conn: Connection, *, workspace: str, project_id: str, moment: datetime) -> list[Win]:
    """Those noticed or told from this moment on (UTC), in any state, oldest first."""
    rows = conn.execute(_SINCE, {"w": workspace, "p": project_id, "since": moment})
    return [_win(row) for row in rows]


def newest(conn: Connection, *, workspace: str, project_id: str, most: int = 20) -> list[Win]:
    """What everybody of the project may read, the newest first."""
    key = {"w": workspace, "p": project_id, "states": list(PUBLIC), "most": most}
    return [_win(row) for row in conn.execute(_NEWEST, key)]


def of_round_up(conn: Connection, *, workspace: str, project_id: str, week: str) -> list[Win]:
    """What the round-up of this week says, of what still holds and is not hidden."""
    key = {"w": workspace, "p": project_id, "week": week, "states": list(PUBLIC)}
    return [_win(row) for row in conn.execute(_OF_ROUND_UP, key)]


def about(conn: Connection, *, workspace: str, project_id: str, ref: str) -> list[Win]:
    """Every win seen in this record or initiative, in any state."""
    return [_win(row) for row in conn.execute(_ABOUT, {"w": workspace, "p": project_id, "ref": ref})]


def posts(conn: Connection, *, workspace: str, channel: str, since: datetime, zone_: str) -> list[Post]:
    """What a channel has been told since then, whatever became of it: by type, and the day it was there."""
    here = zone(zone_)
    rows = conn.execute(_POSTS, {"w": workspace, "c": channel, "since": since})
    return [Post(type=row.type, on=_day(row.posted_at, here)) for row in rows]


def post(
    conn: Connection, *, workspace: str, project_id: str, number: int, channel: str, now: datetime
) -> bool:
    """It is given to the channel. False when it no longer waits."""
    key = {"w": workspace, "p": project_id, "n": number, "c": channel, "now": now}
    return conn.execute(_POST, key).rowcount == 1


def move(conn: Connection, *, workspace: str, project_id: str, number: int, state: State) -> None:
    """It is in this state from now on."""
    conn.execute(_STATE, {"w": workspace, "p": project_id, "n": number, "new_state": state})


def consented(
    conn: Connection, *, workspace: str, project_id: str, number: int, people: Sequence[Named]
) -> None:
    """Whom it would name, and what they have said to it."""
    key = {"w": workspace, "p": project_id, "n": number}
    conn.execute(_PEOPLE, {**key, "new_people": _packed(people)})


def thank(conn: Connection, *, workspace: str, project_id: str, number: int, words: str) -> bool:
    """The sponsor's own words under it; "": they say it in person. False when they have thanked before."""
    key = {"w": workspace, "p": project_id, "n": number}
    return conn.execute(_THANK, {**key, "words": words}).rowcount == 1


def revoke(conn: Connection, *, workspace: str, project_id: str, number: int) -> None:
    """What it says no longer holds. Its key stays taken."""
    conn.execute(_REVOKE, {"w": workspace, "p": project_id, "n": number})


def into_round_up(conn: Connection, *, workspace: str, project_id: str, win: Win, week: str) -> None:
    """The round-up of this week says it; it is not posted on its own any more."""
    state: State = "told" if win.state == "waiting" else win.state
    key = {"w": workspace, "p": project_id, "n": win.number}
    conn.execute(_INTO, {**key, "week": week, "new_state": state})


def naming(conn: Connection, *, workspace: str, user: str) -> list[tuple[str, Win]]:
    """Each win, with its project, that this person told or that would name them."""
    rows = conn.execute(_NAMING, {"w": workspace})
    found = [(row.project_id, _win(row)) for row in rows]
    return [pair for pair in found if user in (pair[1].by, *(one.user for one in pair[1].people))]


def rewrite(conn: Connection, *, workspace: str, project_id: str, win: Win) -> None:
    """Its words, its author and whom it names, as in `win`."""
    key = {"w": workspace, "p": project_id, "n": win.number, "new_people": _packed(win.people)}
    words = {"new_author": win.by, "en": win.said.en, "fr": win.said.fr, "new_state": win.state}
    conn.execute(_FORGET, {**key, **words})


def _take(conn: Connection, workspace: str, project_id: str, key: str, now: datetime) -> None:
    row = {"workspace": workspace, "project_id": project_id, "key": key, "at": now}
    conn.execute(_TAKE_KEY.on(conn), row)


def _key(detector: str, key: str) -> str:
    """As it is kept: a key that holds somebody's words is kept as a digest of them."""
    whole = f"{detector}:{key}"
    if key.startswith("=") or len(whole) > 72:
        return f"{detector}:#{sha256(key.encode()).hexdigest()[:48]}"
    return whole


def _added(conn: Connection, workspace: str, project_id: str, win: Win) -> Win:
    number = next_number(conn, workspace=workspace, project_id=project_id, prefix=PREFIX)
    row = {
        "workspace": workspace, "project_id": project_id, "number": number, "type": win.type,
        "said_en": win.said.en, "said_fr": win.said.fr, "told": win.to, "state": win.state,
        "functions": list(win.functions), "people": _packed(win.people), "author": win.by, "ref": win.ref,
        "found_at": win.found_at, "channel": "", "posted_at": None, "round_up": None, "revoked": False,
        "thanks": None,
    }  # fmt: skip
    conn.execute(_ADD, row)
    found = get(conn, workspace=workspace, project_id=project_id, number=number)
    return cast("Win", found)


def _packed(people: Sequence[Named]) -> list[list[str]]:
    return [[one.user, one.consent] for one in people]


def _day(moment: datetime, here: Any) -> date:
    return moment.astimezone(here).date()


def _win(row: Any) -> Win:
    return Win(
        number=row.number, type=row.type, said=Words(en=row.said_en, fr=row.said_fr), to=row.told,
        state=row.state, functions=tuple(row.functions or ()),
        people=tuple(Named(user=user, consent=consent) for user, consent in row.people or ()),
        by=row.author, ref=row.ref, found_at=row.found_at, posted_at=row.posted_at, round_up=row.round_up,
        thanks=row.thanks,
        revoked=row.revoked,
    )  # fmt: skip
