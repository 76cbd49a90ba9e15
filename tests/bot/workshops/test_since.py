"""W12 says what has changed since the review before: nothing that is older, and nothing of who asked."""

from storage import life, reply
from storage.database import Connection
from tests.bot.surfaces.stage import ELODIE, MARC, WORKSPACE, Town, flat, founded
from tests.bot.waves import polling
from tests.bot.workshops.playing import Play, given
from tests.bot.workshops.test_outcomes import written
from tests.bot.workshops.test_pages import shown


def settles(place: Town, project: str, ref: str, status: str) -> None:
    """Somebody says that it is done."""

    def done(conn: Connection) -> None:
        held = life.hold(conn, workspace=WORKSPACE, project_id=project, ref=ref)
        assert held is not None
        life.change(conn, held, by=ELODIE, move="resolve", now=place.parts.clock.now(), status=status)

    place.parts.db.run_sync(done)


async def test_the_review_says_what_has_changed_since_the_one_before(place: Town) -> None:
    project = await founded(place)
    old = given(place, project, "issue", "Who answers on Mondays?")
    settles(place, project, old.ref, "resolved")
    place.clock.passes(days=1)
    first = Play(place=place, project=project, script="W12", put={2: [(MARC, "idea", "Slow access", {})]})
    first.opens()
    assert flat(f"{old.ref} Who answers") in shown(first, 4), "a month before the first one"
    first.goes_on()
    (action,) = [one for one in first.records("action") if one.source == "W12.3"]
    place.clock.passes(days=28)
    settles(place, project, action.ref, "done")
    granted = {"condition": "granted", "reason": "It measures work"}
    condition = given(place, project, "decision", "Nobody is measured", status="accepted", fields=granted)
    secret = given(place, project, "issue", "A private matter", restricted=True)
    settles(place, project, secret.ref, "resolved")
    second = Play(place=place, project=project, script="W12").opens()
    said = shown(second, 4)
    assert flat(f"{action.ref} Remove: Slow access: done") in said
    assert said.count(action.ref) == 1, "what was promised is listed once"
    assert flat(f"{condition.ref} Nobody is measured") in said
    assert "Mondays" not in said, "that was before the last review"
    assert "private" not in said
    assert MARC not in said


async def test_where_nothing_has_changed_it_says_so(place: Town) -> None:
    play = Play(place=place, project=await founded(place), script="W12").opens()
    assert flat("Nothing has been closed or answered since.") in shown(play, 4)


async def test_what_was_replied_to_a_wave_stands_first(place: Town) -> None:
    project = polling.founds(place)
    wave = polling.opens(place, project, "D12")
    place.delivers()
    for n, user in enumerate(polling.TEAM):
        await polling.votes(place, user, "D12", PLA01=f"Cause {n}")
    polling.closes(place, wave)
    said = {"workspace": WORKSPACE, "wave_id": wave, "text": "Two days are free for tests.", "by": ELODIE}
    place.parts.db.run_sync(reply.post, **said, now=place.parts.clock.now())
    play = Play(place=place, project=project, script="W12").opens()
    assert flat("Two days are free for tests.") in shown(play, 4)


async def test_the_minutes_say_what_became_of_what_was_promised_up_to_the_end_of_that_review(
    place: Town,
) -> None:
    project = await founded(place)
    notes = {2: [(MARC, "idea", "Slow access", {})], 4: [(MARC, "note", "Too many lists", {})]}
    first = Play(place=place, project=project, script="W12", put=notes).plays()
    assert flat("Nothing has been closed") in flat(written(first))
    (action,) = [one for one in first.records("action") if one.source == "W12.3"]
    (point,) = [one for one in first.records("issue") if one.source == "W12.4"]
    place.clock.passes(days=28)
    settles(place, project, action.ref, "done")
    second = Play(place=place, project=project, script="W12").plays()
    place.clock.passes(days=1)
    settles(place, project, point.ref, "resolved")
    minutes = flat(written(second))
    assert flat(f"{action.ref} Remove: Slow access: done") in minutes
    assert flat(f"{point.ref} Not changed yet: Too many lists: open") in minutes, "as it stood at the end"
    assert "Marc" in minutes, "who sees to what is open"
    third = Play(place=place, project=project, script="W12").plays()
    later = flat(written(third))
    assert flat(f"{point.ref} Not changed yet: Too many lists: resolved") in later
    assert action.ref not in later, "that was kept, and told, the time before"
