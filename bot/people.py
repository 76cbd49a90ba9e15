"""People as Slack knows them, kept for a day: name, language, time zone, bot or not.

Asks Slack only when what is kept is a day old. When Slack does not answer in time the old profile
serves, or an empty one: nobody waits for a profile, and nobody goes without a message for one. An
empty one gives no right that only colleagues have (`met`, bot/policy.py).
"""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.outbound.outcome import Sent
from bot.parts import Parts
from flows.project import Person, Project
from flows.words import Language
from storage import person as kept
from storage.database import Connection

FRESH = timedelta(hours=24)
PATIENCE = 1.2  # seconds a gesture may wait for a profile: the acknowledgement is due after three
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


async def known(parts: Parts, workspace: str, user: str) -> Person:
    """The person, fresh if Slack answers in time. Never fails because of Slack."""
    found = (await everybody(parts, workspace, (user,)))[user]
    if met(found):
        return found
    return replace(found, language=await parts.db.read(kept.language, workspace=workspace, user=user))


async def everybody(parts: Parts, workspace: str, users: Iterable[str]) -> dict[str, Person]:
    """Several people by user id, in the order given."""
    wanted = tuple(dict.fromkeys(users))
    found = await parts.db.read(_several, workspace=workspace, users=wanted)
    now = parts.clock.now()
    stale = [user for user in wanted if not _fresh(found.get(user), now) and not user.startswith(kept.FORMER)]
    for fetched in await _fetched(parts, workspace, stale):
        found[fetched.user] = await parts.db.run(_remember, person=fetched)
    return {user: found.get(user) or unknown(workspace, user) for user in wanted}


def several(conn: Connection, *, workspace: str, users: Iterable[str]) -> dict[str, Person]:
    """What is kept about these people; an empty profile for somebody never met."""
    found = _several(conn, workspace=workspace, users=tuple(users))
    return {user: found.get(user) or unknown(workspace, user) for user in users}


def language(person: Person, project: Project | None = None) -> Language:
    """The person's choice, else Slack's locale, else the project's, else English (journeys 8.11)."""
    if person.language:
        return person.language
    if person.locale:
        return "fr" if person.locale.lower().startswith("fr") else "en"
    return project.language if project else "en"


def first_name(person: Person) -> str:
    """What one calls somebody in a greeting."""
    return person.name.split(" ")[0] if person.name else ""


def met(person: Person) -> bool:
    """Slack has told at some time who this is: a colleague, a guest, somebody of another company."""
    return person.fetched_at > _NEVER


def unknown(workspace: str, user: str) -> Person:
    """Somebody whose profile has never been read. Shown by id; Slack turns it into a name."""
    return Person(workspace=workspace, user=user, name=user, fetched_at=_NEVER)


def _fresh(person: Person | None, now: datetime) -> bool:
    return person is not None and abs(now - person.fetched_at) < FRESH


def _several(conn: Connection, *, workspace: str, users: tuple[str, ...]) -> dict[str, Person]:
    return kept.many(conn, workspace=workspace, users=users) if users else {}


def _remember(conn: Connection, *, person: Person) -> Person:
    """Keeps the profile, and gives it back with the language the person has chosen."""
    kept.remember(conn, person=person)
    return kept.get(conn, workspace=person.workspace, user=person.user) or person


async def _fetched(parts: Parts, workspace: str, users: list[str]) -> list[Person]:
    """Profiles Slack gave within PATIENCE, all asked at once."""
    if not users:
        return []
    asked = [asyncio.create_task(_ask(parts, workspace, user)) for user in users]
    done, late = await asyncio.wait(asked, timeout=PATIENCE)
    for task in late:
        task.cancel()
    return [person for task in asked if task in done and (person := task.result())]


async def _ask(parts: Parts, workspace: str, user: str) -> Person | None:
    outcome = await parts.slack.call(workspace, "users.info", user=user, include_locale=True)
    found = outcome.data.get("user") if isinstance(outcome, Sent) else None
    return _profile(workspace, user, found, parts.clock.now()) if isinstance(found, dict) else None


def _profile(workspace: str, user: str, found: dict[str, Any], now: datetime) -> Person:
    """Slack's answer as a Person. The display name goes before the full name (journeys 8.17)."""
    profile = found.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), found.get("real_name"), found.get("name"))
    elsewhere = str(found.get("team_id") or workspace) != workspace
    return Person(
        workspace=workspace,
        user=user,
        name=next((str(name) for name in names if name), user),
        zone=str(found.get("tz") or ""),
        locale=str(found.get("locale") or ""),
        is_bot=bool(found.get("is_bot")) or user == "USLACKBOT",
        deleted=bool(found.get("deleted")),
        stranger=bool(found.get("is_stranger")) or elsewhere,
        guest=bool(found.get("is_restricted") or found.get("is_ultra_restricted")),
        fetched_at=now,
    )
