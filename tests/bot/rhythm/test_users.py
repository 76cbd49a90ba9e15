"""The people of a lot who are not in the team: named, told, asked around the go-live, removed (5.1, 5.3)."""

from datetime import date
from typing import Any

from flows.dialogue.effects import Draft
from flows.words import Words
from storage import life, lot_users
from storage import project as projects
from storage import wave as waves
from tests.bot.rhythm.test_rhythm import at, begun
from tests.bot.surfaces.stage import CLAIRE, ELODIE, MARC, WORKSPACE, Profile, Town, flat, said

USERS = tuple(f"U0USER{n}" for n in range(6))


async def lot(place: Town) -> str:
    """A project with a lot that is to go live on Tuesday 21 April. Its people are in the workspace."""
    for user in USERS:
        place.slack.people[user] = Profile(name=f"Utilisateur {user[-1]}")
    project = await begun(place)
    draft = Draft(
        kind="lot", item="LOT", title=Words.same("Fiches communes"), status="open", due=date(2026, 4, 21)
    )
    made = place.parts.db.run_sync(
        life.make, workspace=WORKSPACE, project_id=project, draft=draft, by=MARC, now=place.clock.now()
    )
    assert made.ref == "LOT-1"
    return project


def invited(place: Town, project: str, what: str) -> list[tuple[tuple[str, ...], set[str]]]:
    """For each wave of this kind: the lots it is for, and who is invited."""

    def found(conn: Any) -> list[tuple[tuple[str, ...], set[str]]]:
        every = waves.of_project(conn, workspace=WORKSPACE, project_id=project)
        return [
            (one.lots, set(waves.invited(conn, workspace=WORKSPACE, id=one.id)))
            for one in every
            if one.what == what
        ]

    return place.parts.db.read_sync(found)


async def test_future_users_are_named_told_asked_and_may_go(place: Town) -> None:
    project = await lot(place)
    elodie = await place.person(ELODIE).runs("/cadrage calendrier")
    await elodie.presses("Futurs utilisateurs")
    assert elodie.sees("LOT-1 Fiches communes", "à partir de cinq personnes")
    elodie.fills({"u:LOT-1": [*USERS, MARC]})
    await elodie.sends()
    assert elodie.sees("C’est noté")
    place.delivers()
    (told,) = place.to(USERS[0], "users_named")
    assert "Élodie Martin vous compte parmi les personnes qui travailleront" in flat(told.text)
    assert "Fiches communes : mise en service le mardi 21 avril" in flat(told.text)
    assert place.to(MARC, "users_named") == [], "the lead knows"
    first = await place.person(USERS[0]).opens_home()
    assert "Personne ne peut voir qui a répondu quoi" in flat(said(first.home))
    for hidden in ("Équipe", "Toutes les décisions", "Diagnostic"):
        assert hidden not in said(first.home)
    await first.runs("/cadrage etat")
    assert "Élodie Martin" in first.told, "it belongs to others, and says to whom one can turn"

    place.clock.at = at(3, 16)
    place.until(at(3, 18))
    ((lots, asked),) = invited(place, project, "D07")
    assert (lots, asked) == (("LOT-1",), {*USERS, MARC}), "day -35: those of the lot, and nobody else"
    await first.presses("Répondre", on=place.to(USERS[0], "wave_invitation")[0])
    assert first.sees("Anonyme")

    await first.presses("Pas la bonne personne", on=told)
    assert "vous n’êtes plus sur la liste" in first.told
    place.clock.at = at(3, 30)
    place.until(at(4, 1))
    ((lots, asked),) = invited(place, project, "C08")
    assert (lots, asked) == (("LOT-1",), {*USERS[1:], MARC}), "three weeks before the go-live"


async def test_a_group_that_falls_to_four_is_not_asked_and_the_facilitator_reads_why(place: Town) -> None:
    project = await lot(place)
    here = {"workspace": WORKSPACE, "project_id": project}

    def names(conn: Any, users: tuple[str, ...]) -> None:
        lot_users.put(conn, **here, lot="LOT-1", users=users, by=ELODIE, now=place.clock.now())

    place.parts.db.run_sync(names, users=USERS[:5])
    place.clock.at = at(3, 16)
    place.until(at(3, 18))
    assert invited(place, project, "D07") == [(("LOT-1",), set(USERS[:5]))]
    place.parts.db.run_sync(names, users=USERS[:4])
    place.clock.at = at(3, 30)
    place.until(at(4, 1))
    assert invited(place, project, "C08") == []
    assert "moins de 5 personnes" in flat(place.to(ELODIE, "wave_not_opened")[-1].text)
    assert not [post for post in place.posts.values() if post.what == "wave_not_opened" and post.to != ELODIE]
    found = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert found is not None
    assert found.cast.roles_of(USERS[4]) == frozenset(), "removed: nothing is left of them"
    assert CLAIRE not in found.cast.people("users")
