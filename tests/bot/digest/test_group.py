"""How the group is doing (SD05), and what the digest takes from check-ins: never a figure, a text or a name
(5.3; the line "Never in the digest" of DOC7)."""

from datetime import UTC, date, datetime

from bot.digest import planning
from storage import checkin, reply, rhythm
from storage import project as projects
from storage.database import Connection
from tests.bot.surfaces.stage import BOREAL, CLAIRE, ELODIE, MARC, WORKSPACE, Posted, Town, flat
from tests.bot.waves.polling import TEAM, closes, founds, opens, votes

SECRET = "Le secret que nul ne doit citer"


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 1, day, hour, 0, tzinfo=UTC)


def begun(place: Town) -> str:
    """A project with its digest planned, on a Tuesday."""
    id = founds(place)

    def plans(conn: Connection) -> None:
        project = projects.get(conn, workspace=WORKSPACE, id=id)
        assert project is not None
        planning.ensured(conn, project=project, now=place.clock.now())

    place.parts.db.run_sync(plans)
    return id


def latest(place: Town) -> Posted:
    return place.to(CLAIRE, "sponsor_digest")[-1]


def asked(place: Town, project: str, occasion: str) -> str:
    """The sponsor's own check-in is open. Its id."""
    return place.parts.db.run_sync(
        checkin.ask, workspace=WORKSPACE, project_id=project, what="C03", user=CLAIRE, occasion=occasion,
        day=date(2026, 1, 14),
    )  # fmt: skip


async def test_the_group_is_read_in_words_alone_once_it_may_be(place: Town) -> None:
    project = begun(place)
    id = opens(place, project, "C01")
    for user in TEAM:
        await votes(place, user, "C01", P01="4", P02="2", P06=SECRET, P06a="quote")
    place.until(at(15, 9))
    assert flat("Pouls : consultation ouverte, clôture mardi 20 janvier") in latest(place).text
    closes(place, id)
    place.until(at(22, 9))
    said = latest(place).text
    assert flat("À traiter d’abord : Avoir envie d’y prendre part.") in said
    assert flat("« Vous avez dit, nous avons fait » reste à publier.") in said
    assert SECRET not in said
    group = said[said.index(flat("Comment va le groupe")) : said.index(flat("Préparation et verdict"))]
    assert not [letter for letter in group if letter.isdigit()], (
        "no figure, so that nothing can be subtracted"
    )
    for name in ("Inès", "Paul", "Hugo", "Sofia"):
        assert name not in said, "nobody is named for having answered, or not"
    place.parts.db.run_sync(
        reply.post, workspace=WORKSPACE, wave_id=id, by=ELODIE, text="Nous avons déplacé la réunion.",
        now=place.clock.now(),
    )  # fmt: skip
    place.until(at(29, 9))
    assert flat("a été publié") in latest(place).text


async def test_too_few_is_too_few(place: Town) -> None:
    project = begun(place)
    id = opens(place, project, "C01")
    for user in list(TEAM)[:4]:
        await votes(place, user, "C01")
    closes(place, id)
    place.until(at(22, 9))
    assert flat("Pouls : non publié : moins de 5 réponses") in latest(place).text


async def test_the_sponsors_own_words_are_for_the_sponsor_alone(place: Town) -> None:
    project = begun(place)
    first = asked(place, project, "C03.1")
    answers = {"C03c": "Ouvrir l’atelier de mardi"}
    place.parts.db.run_sync(
        checkin.answer, workspace=WORKSPACE, id=first, answers=answers, offered=0, now=place.clock.now()
    )
    asked(place, project, "C03.2")
    marc = await place.person(MARC).runs("/cadrage digest preview", channel=BOREAL)
    assert marc.sees("Votre prochain geste visible")
    assert not marc.sees("Ouvrir l’atelier de mardi")
    assert not marc.sees("Point privé")
    place.until(at(15, 9))
    assert flat("Votre prochain geste visible Ouvrir l’atelier de mardi") in latest(place).text
    assert flat("[Point privé, deux minutes]") in latest(place).text


async def test_nothing_is_sent_during_a_pause(place: Town) -> None:
    project = begun(place)
    place.parts.db.run_sync(
        rhythm.set_pause, workspace=WORKSPACE, project_id=project, since=date(2026, 1, 14),
        until=date(2026, 1, 20), by=ELODIE, now=place.clock.now(),
    )  # fmt: skip
    place.until(at(21, 9))
    assert place.to(CLAIRE, "sponsor_digest") == []
    place.until(at(22, 9))
    assert len(place.to(CLAIRE, "sponsor_digest")) == 1
