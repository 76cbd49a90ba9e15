"""The vote on a version on its cards: enough of them, refused twice, and what the arbiter makes of it."""

from bot.signoff import opening
from flows.diagnosis.evidence import Alignment
from storage import alignment, arbitration, register
from storage import project as projects
from tests.bot.signoff.test_review import (
    DECISIONS,
    TEAM,
    approves,
    asks_something,
    card,
    note,
    review,
    sent,
    signs,
    votes,
)
from tests.bot.signoff.test_rounds import run, writes
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    HUGO,
    INES,
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Someone,
    Town,
    flat,
    founded,
)

REASON = "Le lot 1 est petit et se défait en une semaine."


async def counts(place: Town) -> Someone:
    """[Count the votes], from Home."""
    elodie = await place.person(ELODIE).opens_home()
    await elodie.presses("Dépouiller le vote", on=elodie.home)
    if "submit" in elodie.modal:
        await elodie.sends()
    place.delivers()
    return elodie


async def refuses(place: Town, version: int) -> None:
    """Everybody votes; one of them blocks."""
    await votes(place, PAUL, "1", "Le lot 1 reste trop gros.", version=version)
    for user in (MARC, INES, HUGO, SOFIA, CLAIRE):
        await votes(place, user, "4", version=version)


async def test_votes_are_counted_with_quorum_only(place: Town) -> None:
    """4.1: one vote carries nothing, and whoever counts reads what is missing as a head count."""
    project = await founded(place)
    await sent(place)
    await votes(place, CLAIRE, "5")
    elodie = await counts(place)
    assert "il y faut 3 voix de l’équipe sur 5, et il y en a 0" in flat(elodie.reads), elodie.reads
    for user in (MARC, INES, HUGO):
        await votes(place, user, "4")
    elodie = await counts(place)
    assert "une voix de chaque fonction de front-office" in flat(elodie.reads), "nobody of service"
    assert review(place, project).tally is None
    await votes(place, PAUL, "4")
    await counts(place)
    tally = review(place, project).tally
    assert tally is not None
    assert (tally.n, tally.passed) == (5, True)


async def test_what_is_refused_twice_the_arbiter_decides_and_it_can_be_signed(place: Town) -> None:
    project = await founded(place)
    here = {"workspace": WORKSPACE, "project_id": project}
    await sent(place)
    await refuses(place, 1)
    await asks_something(place)
    await sent(place)
    await asks_something(place)
    place.clock.passes(hours=18)
    await sent(place)  # nobody has voted on version 2
    await refuses(place, 3)
    (case,) = place.parts.db.read_sync(lambda conn: arbitration.of_project(conn, **here))
    assert (case.subject, case.state) == ("DOC1.v3", "waiting")
    assert "dans l’atelier" not in case.why
    marc = await signs(place, MARC, version=3)
    assert marc.sees("l’arbitre tranche"), marc.reads
    claire = await place.person(CLAIRE).presses("Trancher", on=place.to(CLAIRE, "arbitration")[-1])
    claire.fills({"option": "o1", "reason": REASON, "loss": "Nous perdons un mois d’étude du lot."})
    await claire.sends()
    assert not claire.errors, claire.errors
    place.delivers()
    text = note(place, project, 3).partition("## N25")[2]
    assert "Décision de l’arbitre" in text
    assert REASON in text
    await approves(place, version=3)
    assert review(place, project).state == "signed", "its own arbitration changes nothing the note says"


async def test_a_newer_version_takes_the_point_from_the_arbiter(place: Town) -> None:
    project = await founded(place)
    here = {"workspace": WORKSPACE, "project_id": project}
    for version in (1, 2):
        await sent(place)
        await refuses(place, version)
        await asks_something(place)
    await sent(place)
    (case,) = place.parts.db.read_sync(lambda conn: arbitration.of_project(conn, **here))
    assert (case.subject, case.state) == ("DOC1.v2", "withdrawn")


async def test_a_later_version_that_is_sent_back_leaves_the_signature_as_it_is(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    await approves(place)
    await asks_something(place)
    await sent(place)
    claire = place.person(CLAIRE)
    await claire.presses("Signer", on=card(place, CLAIRE, 2))
    claire.fills({"choice": "back", "words": "La question des doublons reste ouverte."})
    await claire.sends()
    assert decisions(place, project) == [("Le sponsor renvoie la note de cadrage", "accepted"),
                                         ("Le sponsor signe la note de cadrage", "accepted")]  # fmt: skip
    place.clock.passes(hours=18)
    await sent(place)
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4", version=3)
    await approves(place, version=3)
    assert decisions(place, project) == [("Le sponsor renvoie la note de cadrage", "superseded"),
                                         ("Le sponsor signe la note de cadrage", "accepted"),
                                         ("Le sponsor signe la note de cadrage", "superseded")]  # fmt: skip


def decisions(place: Town, project: str) -> list[tuple[str, str]]:
    """Those about the note, with how they stand."""
    here = {"workspace": WORKSPACE, "project_id": project}
    every = place.parts.db.read_sync(lambda conn: register.records(conn, **here, kinds=DECISIONS))
    return sorted((one.title.fr, one.status) for one in every if one.source == "N25")


async def test_readings_that_are_in_are_rated_before_anybody_signs(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
        await writes(place, user)
    marc = await signs(place, MARC)
    assert marc.sees("à l’animateur d’évaluer les lectures"), marc.reads
    counts_ = Alignment(aligned=5, different=1)
    place.parts.db.run_sync(alignment.keep, run=run(place, project), counts=counts_, now=place.clock.now())
    await signs(place, MARC)
    assert review(place, project).signature(MARC) is not None


async def test_a_note_without_goals_is_neither_sent_nor_signed(place: Town) -> None:
    """N03: where nothing is written about the goals the whole note says that it cannot be reviewed."""
    project = await founded(place)
    for _ in range(2):  # the goals, then where they stand
        elodie = await place.person(ELODIE).runs("/cadrage dialogue D02")
        await elodie.sends()
    await elodie.presses("Remplir le formulaire")
    elodie.fills({"q:OBJ09": "none"})
    await elodie.sends()
    place.clock.passes(hours=3)
    await elodie.runs("/cadrage note")
    place.delivers()
    await elodie.presses("Envoyer en relecture", on=place.to(BOREAL, "note_card")[-1])
    assert elodie.sees("Rien n’est encore écrit sur les enjeux"), elodie.reads
    assert "submit" not in elodie.modal
    here = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert here is not None
    place.parts.db.run_sync(opening.open_round, parts=place.parts, project=here, by=ELODIE)  # ahead of W10
    place.delivers()
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    marc = await signs(place, MARC)
    assert marc.sees("elle ne peut pas être relue"), marc.reads
