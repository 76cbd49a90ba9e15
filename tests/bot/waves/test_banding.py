"""Whoever joins or leaves is not found by taking one wave from another: bands and directions, no mean."""

from flows.project import Member
from storage import project as projects
from tests.bot.surfaces.stage import BOREAL, CLAIRE, WORKSPACE, Town
from tests.bot.waves.polling import TEAM, closes, founds, opens, votes


async def test_a_joiner_is_protected_in_every_wave_that_follows(place: Town) -> None:
    """Rule 4, and N3: the third wave has the same people as the second, and one more than the first."""
    project = founds(place)
    team, joined = dict(TEAM), {**TEAM, "U0MORE1": "sales"}
    for people_ in (team, joined, joined):
        place.posts.clear()
        members = [Member(user=user, function=part) for user, part in people_.items()]
        place.parts.db.run_sync(projects.set_team, workspace=WORKSPACE, id=project, members=members)
        id = opens(place, project)
        for user in people_:
            await votes(place, user)
        closes(place, id)
        place.delivers()
        claire = place.person(CLAIRE)
        await claire.presses("Voir les résultats de groupe", on=place.to(BOREAL, "wave_closed")[-1])
        assert claire.sees("moyenne de 3 sur 5") is (people_ is team)
        assert claire.sees("2,5 à 3,4", "stable") is (people_ is joined)
    claire = await place.person(CLAIRE).runs("/cadrage diag")
    await claire.presses("D’où cela vient-il ?", on=claire.heard)
    assert claire.sees("Légèreté des craintes (poids 25) : lu, sans chiffre : des personnes ont rejoint")
