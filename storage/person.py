"""What is known of a Slack user: a cache of the profile, and what they chose here."""

from datetime import date
from typing import Any, cast

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from flows.project import Person
from flows.words import Language
from storage.statement import Both
from storage.tables import person

#: How the id begins that stands for somebody who was erased (storage/erasing.py). No id of Slack does.
FORMER = "gone-"
_SLACK = ("name", "zone", "locale", "is_bot", "deleted", "stranger", "guest", "fetched_at")
_KEY = (person.c.workspace == bindparam("w"), person.c.user == bindparam("u"))
_GET = select(person).where(*_KEY)
_MANY = select(person).where(
    person.c.workspace == bindparam("w"), person.c.user.in_(bindparam("users", expanding=True))
)
_FORGET = delete(person).where(*_KEY)
_REMEMBER = Both(
    lambda insert: (new := insert(person)).on_conflict_do_update(
        index_elements=["workspace", "user"], set_={name: new.excluded[name] for name in _SLACK}
    )
)
_CHOOSE = Both(
    lambda insert: (new := insert(person)).on_conflict_do_update(
        index_elements=["workspace", "user"], set_={"language": new.excluded.language}
    )
)
_AWAY = update(person).where(*_KEY).values(away_until=bindparam("until"))


def get(conn: Connection, *, workspace: str, user: str) -> Person | None:
    """The person as last seen; None when Slack has never been asked."""
    row = conn.execute(_GET, {"w": workspace, "u": user}).first()
    return None if row is None or row.fetched_at is None else _person(row)


def many(conn: Connection, *, workspace: str, users: list[str] | tuple[str, ...]) -> dict[str, Person]:
    """Those of `users` who are known, by Slack user id."""
    rows = conn.execute(_MANY, {"w": workspace, "users": list(users)})
    return {row.user: _person(row) for row in rows if row.fetched_at is not None}


def language(conn: Connection, *, workspace: str, user: str) -> Language | None:
    """The language the person chose here, even when their profile has never been fetched."""
    row = conn.execute(_GET, {"w": workspace, "u": user}).first()
    return None if row is None else cast("Language | None", row.language)


def remember(conn: Connection, *, person: Person) -> None:
    """Keep what Slack says of them. What they chose here (language, absence) stays as it is, and
    is taken from `person` only the first time."""
    conn.execute(
        _REMEMBER.on(conn),
        {name: getattr(person, name) for name in ("workspace", "user", "language", "away_until", *_SLACK)},
    )


def set_language(conn: Connection, *, workspace: str, user: str, language: Language | None) -> None:
    """What the bot says to this person is in `language` from now on; None: as in Slack."""
    blank: dict[str, Any] = dict.fromkeys(("name", "zone", "locale"), "")
    flags = dict.fromkeys(("is_bot", "deleted", "stranger", "guest"), False)
    row = {"workspace": workspace, "user": user, "language": language, "away_until": None, "fetched_at": None}
    conn.execute(_CHOOSE.on(conn), blank | flags | row)


def set_away(conn: Connection, *, workspace: str, user: str, until: date | None) -> None:
    """The person is away up to and including `until`."""
    conn.execute(_AWAY, {"w": workspace, "u": user, "until": until})


def forget(conn: Connection, *, workspace: str, user: str) -> None:
    """Drop the profile and the choices."""
    conn.execute(_FORGET, {"w": workspace, "u": user})


def _person(row: Row[Any]) -> Person:
    return Person(**row._mapping)
