"""A vote without quorum is held again: the form that prepares a workshop offers to play only that."""

from flows.workshop import events
from flows.workshop.ballot import Result
from storage import workshop as workshops
from tests.bot.surfaces.stage import CLAIRE, ELODIE, INES, PAUL, SOFIA, WORKSPACE, Town, founded
from tests.bot.workshops.playing import Play


def results(play: Play) -> tuple[Result, ...]:
    """What was revealed."""
    return play.place.parts.db.read_sync(workshops.results, workspace=WORKSPACE, id=play.id)


def settled(play: Play, refs: list[str]) -> bool:
    """Whether one of these open points at least is open no more."""
    now = {one.ref: one.status for one in play.records("issue")}
    return any(now.get(ref) != "open" for ref in refs)


async def test_a_vote_without_quorum_is_played_again_and_nothing_else(place: Town) -> None:
    project = await founded(place)
    put = {2: [(ELODIE, "idea", "Answer within a day", {"indicator": "Delay", "target": "1 day"})]}
    before = Play(place=place, project=project, script="W02").records("decision")
    alone = Play(
        place=place, project=project, script="W02", put=put, absent=(CLAIRE, INES, PAUL, SOFIA)
    ).plays()  # fmt: skip
    assert {result.step for result in results(alone) if result.indicative} == {4, 6}
    assert alone.records("decision") == before, "nothing is decided without quorum"
    waiting = [one.ref for one in alone.records("issue") if one.status == "open"]
    elodie = place.person(ELODIE)
    await elodie.runs("workshop W02")
    assert elodie.sees("Rejouer", "Les étapes 4, 6 seulement, dont les votes étaient sans quorum")
    elodie.fills({"mode": "live", "when": "now", "replay": ["replay"], "anyway": ["anyway"]})
    await elodie.sends()
    assert not elodie.errors, elodie.errors
    found = place.parts.db.read_sync(workshops.of_project, workspace=WORKSPACE, project_id=project)
    assert [one.plays for one in found] == [(), (4, 6, 7)]
    again = Play(place=place, project=project, script="W02", id=found[1].id)
    again.happens(events.Opened(by=ELODIE, at=again.now))
    for one in found[1].people:
        again.happens(events.Joined(by=one.user, at=again.now, person=one))
    again.goes_on()
    assert not again.workshop.running
    assert [result.indicative for result in results(again)] == [False, False]
    assert len(again.records("decision")) == len(before) + 1
    assert settled(again, waiting), "what was to be held again has been"
    assert [one.title.en for one in again.records("stake")] == ["Answer within a day"]
