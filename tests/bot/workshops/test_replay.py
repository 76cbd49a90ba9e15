"""A vote without quorum is held again: the form that prepares a workshop offers to play only that."""

from flows.workshop.ballot import Result
from storage import workshop as workshops
from tests.bot.surfaces.stage import CLAIRE, ELODIE, INES, PAUL, SOFIA, WORKSPACE, Town, founded
from tests.bot.workshops.playing import Play


def results(play: Play) -> tuple[Result, ...]:
    """What was revealed."""
    return play.place.parts.db.read_sync(workshops.results, workspace=WORKSPACE, id=play.id)


async def test_a_vote_without_quorum_is_played_again_and_nothing_else(place: Town) -> None:
    project = await founded(place)
    put = {2: [(ELODIE, "idea", "Answer within a day", {"indicator": "Delay", "target": "1 day"})]}
    before = Play(place=place, project=project, script="W02").records("decision")
    alone = Play(
        place=place, project=project, script="W02", put=put, absent=(CLAIRE, INES, PAUL, SOFIA)
    ).plays()  # fmt: skip
    assert {result.step for result in results(alone) if result.indicative} == {4, 6}
    assert alone.records("decision") == before, "nothing is decided without quorum"
    elodie = place.person(ELODIE)
    await elodie.runs("workshop W02")
    assert elodie.sees("Rejouer", "Les étapes 4, 6 seulement, dont les votes étaient sans quorum")
    elodie.fills({"mode": "live", "when": "now", "replay": ["replay"], "anyway": ["anyway"]})
    await elodie.sends()
    assert not elodie.errors, elodie.errors
    found = place.parts.db.read_sync(workshops.of_project, workspace=WORKSPACE, project_id=project)
    assert [one.plays for one in found] == [(), (4, 6, 7)]
