"""A project with its team and one wave, as stories about waves need them; and how people vote."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import SecretStr
from sqlalchemy import func, select

from bot.waves.opening import Opened, Order, open_wave
from flows.project import Member, Person
from flows.wave.model import NO_ANSWER
from storage import person as kept
from storage import project as projects
from storage import wave as waves
from storage.database import Connection
from storage.tables import metadata
from storage.wave import Wave
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    HUGO,
    INES,
    JEANNE,
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Posted,
    Profile,
    Someone,
    Town,
)

TEAM = {MARC: "sales", INES: "marketing", PAUL: "service", SOFIA: "it", HUGO: "sales"}
MORE = {f"U0MORE{n}": "sales" if n < 4 else "it" for n in range(9)}
#: What somebody who minds nothing answers, by kind of question.
CALM: dict[str, Any] = {"scale5": "3", "single": NO_ANSWER, "multi": [NO_ANSWER]}
TUESDAY = datetime(2026, 1, 13, 10, 0, tzinfo=UTC)


def founds(
    place: Town, *, team: dict[str, str] | None = None, language: Any = "fr", coach: str | None = JEANNE
) -> str:
    """A project whose people are named, on a Tuesday at eleven in Paris, ten in Lisbon."""
    place.parts = replace(
        place.parts, settings=place.parts.settings.model_copy(update={"key": SecretStr("k" * 40)})
    )
    for user in MORE:
        place.slack.people[user] = Profile(name=f"Person {user[-1]}")
    place.clock.at = TUESDAY
    place.parts.db.run_sync(_met, people=place.slack.people)
    return place.parts.db.run_sync(_founded, team=team or TEAM, language=language, coach=coach)


def _met(conn: Connection, *, people: dict[str, Profile]) -> None:
    """The bot has met everybody today."""
    for user, one in people.items():
        known = Person(
            workspace=WORKSPACE,
            user=user,
            name=one.name,
            zone=one.zone,
            locale=one.locale,
            fetched_at=TUESDAY,
        )
        kept.remember(conn, person=known)


def _founded(conn: Connection, *, team: dict[str, str], language: Any, coach: str | None) -> str:
    id = projects.create(
        conn, workspace=WORKSPACE, channel=BOREAL, language=language, facilitator=ELODIE, name="Boréal",
        now=TUESDAY,
    )  # fmt: skip
    for role, user in (("sponsor", CLAIRE), ("lead", MARC), ("arbiter", CLAIRE), ("coach", coach)):
        projects.set_role(conn, workspace=WORKSPACE, id=id, role=role, user=user)  # type: ignore[arg-type]
    members = [Member(user=user, function=function) for user, function in team.items()]
    projects.set_team(conn, workspace=WORKSPACE, id=id, members=members)
    return id


def opens(place: Town, project: str, what: str = "D07", **more: Any) -> str:
    """The wave is open; invitations wait for their hours."""

    def opened(conn: Connection) -> Any:
        found = projects.get(conn, workspace=WORKSPACE, id=project)
        assert found is not None
        order = Order(project=found, what=what, by=ELODIE, now=place.clock.now(), **more)
        return open_wave(conn, parts=place.parts, order=order)

    found = place.parts.db.run_sync(opened)
    assert isinstance(found, Opened), found
    return found.id


def invitation(place: Town, user: str) -> Posted:
    """The private message that invites somebody."""
    place.delivers()
    (found,) = place.to(user, "wave_invitation")
    return found


async def fills_in(who: Someone, place: Town, what: str, given: dict[str, Any]) -> None:
    """Every question of the screen that is open: `given`, or a calm answer."""
    content = place.parts.playbook.waves[what].with_added(["CHG12", "SPO06", "SPO07"])
    questions = {question.id: question for question in content.questions}
    shown = [block["block_id"] for block in who.modal["blocks"] if block["block_id"] in questions]
    calm = {id: CALM.get(questions[id].kind) for id in shown if not content.is_consent(id)}
    answers = {**calm, **{id: given[id] for id in shown if id in given}}
    who.fills({id: value for id, value in answers.items() if value is not None})


async def votes(place: Town, user: str, what: str = "D07", **given: Any) -> Someone:
    """Open the invitation, answer everything, send. The modal shows what came of it."""
    who = place.person(user)
    french = place.slack.people[user].locale.startswith("fr")
    await who.presses("Répondre" if french else "Answer", on=invitation(place, user))
    while "submit" in who.modal:
        await fills_in(who, place, what, given)
        before = who.modal
        await who.sends()
        if who.errors or who.modal is before:
            break
    return who


def wave(place: Town, id: str) -> Wave:
    found = place.parts.db.read_sync(waves.get, workspace=WORKSPACE, id=id)
    assert found is not None
    return found


def closes(place: Town, id: str) -> None:
    """Time passes until the wave has closed."""
    last = wave(place, id).closes_on
    place.until(datetime(last.year, last.month, last.day, 10, 0, tzinfo=UTC) + timedelta(days=1))
    assert not wave(place, id).open


def rows(place: Town, *tables: str) -> dict[str, int]:
    """How many rows each table has."""
    names = tables or tuple(metadata.tables)

    def counted(conn: Any) -> dict[str, int]:
        return {
            name: conn.execute(
                select(func.count()).select_from(metadata.tables[name]).execution_options(across_workspaces=True)
            ).scalar_one()
            for name in names
        }  # fmt: skip

    return place.parts.db.read_sync(counted)
