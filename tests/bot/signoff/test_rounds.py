"""A version goes round after another, people come and go meanwhile, and W10 has the note sent ahead."""

from datetime import UTC, date, datetime
from typing import Any

from flows.diagnosis.evidence import Alignment
from storage import alignment, casting, note, rhythm, schedule
from storage import dialogue as dialogues
from storage import project as projects
from storage.casting import Change
from storage.database import Connection
from storage.dialogue import Run
from tests.bot.signoff.test_review import TEAM, card, review, sent, signs, votes
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
    Town,
    founded,
    said,
)
from tests.bot.surfaces.test_plan import takes_off_the_team

MINE = "Une fiche unique, d’abord les contacts."


def run(place: Town, project: str) -> Run:
    """That of D15."""
    every = place.parts.db.read_sync(
        lambda conn: dialogues.runs(conn, workspace=WORKSPACE, project_id=project)
    )
    return next(one for one in every if one.flow == "D15")


async def writes(place: Town, user: str, text: str = MINE, *, version: int = 1) -> None:
    """[In my own words]: their reading of the note (RTE12)."""
    one = place.person(user)
    await one.presses("In my own words" if user == SOFIA else "Avec mes mots", on=card(place, user, version))
    one.fills({"q:RTE12": text})
    await one.sends()
    assert not one.errors, one.errors


def waiting(place: Town, project: str) -> Any:
    """The readings there are to rate."""

    def read(conn: Connection) -> Any:
        here = projects.get(conn, workspace=WORKSPACE, id=project)
        assert here is not None
        flow = place.parts.playbook.flows["D15"]
        return alignment.readings(conn, run=run(place, project), flow=flow, project=here)

    return place.parts.db.read_sync(read)


async def changed(place: Town) -> None:
    """Something that the note prints."""
    paul = await place.person(PAUL).runs("/cadrage issue")
    paul.fills({"title": f"Qui nettoie les doublons ? {place.clicks}"})
    await paul.sends()
    place.delivers()


async def test_a_version_begins_without_a_reading_of_the_one_before(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    everybody = (*TEAM, SOFIA, CLAIRE)
    for user in everybody:
        await writes(place, user)
    assert len(waiting(place, project).texts) == len(everybody)
    counts = Alignment(aligned=2, different=4)
    place.parts.db.run_sync(alignment.keep, run=run(place, project), counts=counts, now=place.clock.now())
    await changed(place)
    await sent(place)
    assert (review(place, project).version, review(place, project, 1).alike) == (2, 33)
    assert (waiting(place, project).written, waiting(place, project).texts) == (0, ())
    here = {"workspace": WORKSPACE, "project_id": project}
    assert place.parts.db.read_sync(lambda conn: note.read_alike(conn, **here)) is None
    for user in everybody:
        await votes(place, user, "4", version=2)
    marc = await signs(place, MARC, version=2)
    assert "n’est pas lue de la même façon" not in marc.reads, "33 % of the readings were of version 1"
    ines = card(place, INES, 2)
    assert "Ce que vous aviez dit d’une version précédente, avec vos mots" in ines.text
    assert MINE in ines.text
    await writes(place, INES, "Servir plus vite.", version=2)
    assert waiting(place, project).written == 1
    earlier = {"workspace": WORKSPACE, "dialogue_id": run(place, project).id}
    assert place.parts.db.read_sync(lambda conn: alignment.earlier(conn, **earlier, user=INES)) == ""
    assert place.parts.db.read_sync(lambda conn: alignment.earlier(conn, **earlier, user=PAUL)) == MINE
    assert place.parts.db.read_sync(lambda conn: alignment.earlier(conn, **earlier, user=ELODIE)) == ""


async def test_who_joins_during_a_review_gets_the_card_and_signs(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    elodie = await place.person(ELODIE).runs("/cadrage equipe", channel=BOREAL)
    await elodie.presses("Modifier", on=elodie.heard)
    elodie.fills({"q:SET13": [MARC, INES, PAUL, SOFIA, HUGO, CLAIRE, JEANNE]})
    await elodie.sends()
    block = next(b for b in elodie.modal["blocks"] if f":{JEANNE}:function" in b["block_id"])
    elodie.fills({block["block_id"]: "service"})
    while "submit" in elodie.modal:
        await elodie.sends()
        assert not elodie.errors, elodie.errors
    before = {user: card(place, user).times for user in (*TEAM, CLAIRE)}
    assert "review_people" in place.ticks()
    place.delivers()
    assert JEANNE in review(place, project).signers
    assert {user: card(place, user).times for user in (*TEAM, CLAIRE)} == before, "nobody is told who came"
    jeanne = card(place, JEANNE)
    for words in ("Lire", "Avec mes mots", "Mon vote", "Signer"):
        assert words in said({"blocks": list(jeanne.message.blocks)})
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    assert review(place, project).tally is None
    await votes(place, JEANNE, "5")
    assert review(place, project).tally is not None


async def test_nobody_waits_for_who_has_left(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    for user in (MARC, INES, PAUL, SOFIA, CLAIRE):
        await votes(place, user, "4")
    assert review(place, project).tally is None
    await takes_off_the_team(place, HUGO)
    place.ticks()
    place.delivers()
    now = review(place, project)
    assert HUGO not in now.signers
    assert now.tally is not None, "all who are left have voted"
    assert now.tally.n == 5
    await sent(place)  # the note names the team
    for user in (MARC, INES, PAUL, SOFIA, CLAIRE):
        await votes(place, user, "4", version=2)
    for user in (MARC, INES, PAUL, SOFIA):
        await signs(place, user, version=2)
    claire = place.person(CLAIRE)
    await claire.presses("Signer", on=card(place, CLAIRE, 2))
    claire.fills({"choice": "approve"})
    await claire.sends()
    assert review(place, project).complete


async def test_nobody_waits_for_an_account_that_is_closed(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    for user in (MARC, INES, PAUL, SOFIA, CLAIRE):
        await votes(place, user, "4")
    event = {"type": "user_change", "user": {"id": HUGO, "deleted": True}}
    await place.send({"type": "event_callback", "event_id": "EvGone", "team_id": WORKSPACE, "event": event})
    place.ticks()
    now = review(place, project)
    assert HUGO not in now.signers
    assert now.tally is not None


async def prepares(place: Town, day: str, *, mode: str = "live") -> None:
    """W10, at 14:00 of a day."""
    elodie = await place.person(ELODIE).runs("/cadrage atelier W10", channel=BOREAL)
    assert elodie.sees("la note entière part d’elle-même : trois jours ouvrés avant")
    elodie.fills({"when": "other", "day": day, "hour": "14:00", "mode": mode, "anyway": ["anyway"]})
    if any(block["block_id"] == "because" for block in elodie.modal["blocks"]):
        elodie.fills({"because": "L’équipe veut relire cette semaine."})
    await elodie.sends()
    assert not elodie.errors, elodie.errors


def planned(place: Town) -> list[datetime]:
    coming = place.parts.db.read_sync(lambda conn: schedule.coming(conn, limit=50))
    return [one.next_due for one in coming if one.kind == "note_round"]


async def test_the_note_goes_round_by_itself_three_working_days_before_w10(place: Town) -> None:
    project = await founded(place)
    await prepares(place, "2026-01-22")
    assert planned(place) == [datetime(2026, 1, 19, 8, 30, tzinfo=UTC)]
    place.until(datetime(2026, 1, 19, 8, 29, tzinfo=UTC))
    assert place.to(INES, "review_card") == []
    place.until(datetime(2026, 1, 19, 12, 0, tzinfo=UTC))
    assert (review(place, project).version, review(place, project).state) == (1, "review")
    assert len(place.to(INES, "review_card")) == 1
    [told] = place.to(ELODIE, "note_round")
    assert "est partie en relecture, version 1, avant W10" in told.text
    assert planned(place) == []


async def test_for_a_workshop_of_tomorrow_the_note_goes_round_at_once(place: Town) -> None:
    project = await founded(place)
    await prepares(place, "2026-01-13")
    assert "note_round" in place.ticks()
    assert review(place, project).version == 1


async def test_a_version_in_review_is_not_sent_again_before_w10(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    await changed(place)
    await prepares(place, "2026-01-22")
    place.until(datetime(2026, 1, 19, 12, 0, tzinfo=UTC))
    assert review(place, project).version == 1
    assert place.to(ELODIE, "note_round") == []


async def test_without_a_sponsor_the_facilitator_reads_what_to_do(place: Town) -> None:
    project = await founded(place)
    await prepares(place, "2026-01-22", mode="async")
    assert planned(place) == [datetime(2026, 1, 20, 8, 30, tzinfo=UTC)]
    change = Change(workspace=WORKSPACE, project_id=project, by=ELODIE, now=place.clock.now())
    place.parts.db.run_sync(casting.give, change, role="sponsor", user=None)
    place.until(datetime(2026, 1, 20, 12, 0, tzinfo=UTC))
    [told] = place.to(ELODIE, "note_round")
    assert "Nommez un sponsor" in told.text
    assert place.to(INES, "review_card") == []


async def test_w10_without_a_sponsor_is_not_prepared(place: Town) -> None:
    project = await founded(place)
    change = Change(workspace=WORKSPACE, project_id=project, by=ELODIE, now=place.clock.now())
    place.parts.db.run_sync(casting.give, change, role="sponsor", user=None)
    elodie = await place.person(ELODIE).runs("/cadrage atelier W10", channel=BOREAL)
    assert elodie.sees("Nommez d’abord un sponsor")
    assert "submit" not in elodie.modal


async def test_a_pause_of_the_project_comes_before_the_note(place: Town) -> None:
    project = await founded(place)
    await prepares(place, "2026-01-22")
    here = {"workspace": WORKSPACE, "project_id": project, "by": ELODIE, "now": place.clock.now()}
    since, until = date(2026, 1, 19), date(2026, 1, 21)
    place.parts.db.run_sync(lambda conn: rhythm.set_pause(conn, **here, since=since, until=until))  # type: ignore[arg-type]
    place.until(datetime(2026, 1, 20, 12, 0, tzinfo=UTC))
    assert planned(place) == [datetime(2026, 1, 21, 8, 30, tzinfo=UTC)]
    place.until(datetime(2026, 1, 21, 12, 0, tzinfo=UTC))
    assert review(place, project).version == 1
