"""The people of a lot who are not in the team: named, told, asked around the go-live, removed (5.1, 5.3)."""

from datetime import date
from typing import Any

from flows.dialogue.effects import Draft
from flows.wins.detectors import detect
from flows.words import Words
from storage import life, lot_users, win_facts
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


async def test_a_user_says_that_their_lot_is_done_and_the_team_reads_it_as_a_step(place: Town) -> None:
    """WN32: from the go-live on, by whoever works with it, once; without a name in the channel."""
    project = await lot(place)
    here = {"workspace": WORKSPACE, "project_id": project}

    def ready(conn: Any) -> None:
        lot_users.put(conn, **here, lot="LOT-1", users=USERS[:2], by=ELODIE, now=place.clock.now())
        held = life.hold(conn, **here, ref="LOT-1")
        assert held is not None
        life.change(
            conn,
            held,
            by=MARC,
            move="edited",
            now=place.clock.now(),
            fields={"exit": "chaque fiche est à jour"},
        )

    place.parts.db.run_sync(ready)
    first = await place.person(USERS[0]).opens_home()
    assert "Terminé quand" not in said(first.home), "not before the go-live"
    place.clock.at = at(4, 22)
    await first.opens_home()
    assert "« chaque fiche est à jour ». Est-ce le cas pour vous ?" in flat(said(first.home))
    await first.presses("Oui, c’est le cas", on=first.home)
    assert first.sees("ce lot est terminé, et c’est un utilisateur qui le dit")
    await first.opens_home()
    assert "Un utilisateur a dit que ce lot est terminé." in flat(said(first.home))
    second = await place.person(USERS[1]).opens_home()
    assert "Est-ce le cas pour vous" not in flat(said(second.home)), "one word is enough"
    marc = await place.person(MARC).runs("/cadrage LOT-1")
    assert not marc.sees("Est-ce le cas pour vous")
    db, parts = place.parts.db, place.parts
    there = db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert there is not None
    facts = db.read_sync(win_facts.facts, project=there, playbook=parts.playbook, now=place.clock.now())
    (won,) = [one for one in detect(facts, parts.playbook.wins) if one.detector == "WN32"]
    assert won.key == "LOT-1"
    assert USERS[0] not in str(won), "the channel reads that a user says so, and not who"


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
