"""A decision whose review date has come is put before whoever took it: still right, re-opened or replaced."""

from dataclasses import replace
from datetime import UTC, datetime

from storage import life
from tests.bot.surfaces.stage import CLAIRE, INES, WORKSPACE, Json, Town, flat, founded, said
from tests.bot.surfaces.test_records_by_hand import kept, records
from tests.bot.upkeep.test_upkeep import noon, reminders


async def decided(place: Town, line: str = "decision Ancien outil jusqu’au lot 2") -> None:
    claire = await records(
        place.person(CLAIRE), line, reason="Rien d’autre n’est prêt", stands="accepted", method="consensus",
        decided_by=CLAIRE, review_date="2026-01-14",
    )  # fmt: skip
    assert not claire.errors, claire.errors


async def test_still_right_until_the_next_date_which_may_be_undone(place: Town) -> None:
    project = await founded(place)
    await decided(place)
    place.until(datetime(2026, 1, 13, 18, 0, tzinfo=UTC))
    assert reminders(place, CLAIRE, "DEC-2") == [], "not before its day"
    place.until(noon(14))
    (asked,) = reminders(place, CLAIRE, "DEC-2")
    assert flat("à revoir le mercredi 14 janvier : est-elle toujours valable ?") in flat(asked.text)
    claire = await place.person(CLAIRE).presses("Toujours valable", on=asked)
    assert claire.sees("*Parce que* Rien d’autre n’est prêt"), "what it was decided for stands in the form"
    assert "2026-02-13" in str(claire.modal), "as long again, on a working day, is proposed"
    claire.fills({"review_date": "2026-01-14"})
    await claire.sends()
    assert "Choisissez un jour à venir" in claire.errors["review_date"]
    claire.fills({"review_date": "2026-02-16", "word": "L’outil tient toujours"})
    await claire.sends()
    one = kept(place, project, "DEC-2")
    assert (one.status, one.fields["review_date"], one.fields["reviewed_on"]) == (
        "accepted", "2026-02-16", "2026-01-14",
    )  # fmt: skip
    assert claire.sees("toujours valable", "L’outil tient toujours")
    place.until(noon(30))
    assert len(reminders(place, CLAIRE, "DEC-2")) == 1, "it is not asked again before its next date"
    past = place.parts.db.read_sync(life.history, workspace=WORKSPACE, project_id=project, ref="DEC-2")
    assert [one.move for one in past] == ["recorded", "review"]


async def test_reopened_or_replaced_from_home_in_english_and_by_nobody_else(place: Town) -> None:
    project = await founded(place)
    await decided(place)
    await decided(place, "decision Pas de saisie hors ligne")
    place.until(noon(14))
    place.slack.people[CLAIRE] = replace(place.slack.people[CLAIRE], locale="en-GB")
    place.clock.passes(days=2)
    claire = await place.person(CLAIRE).opens_home()
    assert flat("to be reviewed on Wed 14 Jan: is it still right?") in flat(said(claire.home))
    ines = await place.person(INES).opens_home()
    assert "DEC-2" not in said(ines.home)
    await claire.presses("Reopen", on=row(claire.home, "DEC-2"))
    claire.fills({"why": "The contract has ended"})
    await claire.sends()
    assert kept(place, project, "DEC-2").status == "proposed"
    await claire.presses("Replace", on=row(claire.home, "DEC-3"))
    claire.fills({"title": "Offline entry from lot 1", "reason": "No network in the yards"})
    await claire.sends()
    assert [kept(place, project, ref).status for ref in ("DEC-3", "DEC-4")] == ["superseded", "accepted"]
    place.delivers()
    assert "DEC-3" not in said(claire.home), "it waits for her no more"


async def test_somebody_who_may_not_take_it_is_told_who_can(place: Town) -> None:
    await founded(place)
    await decided(place)
    place.until(noon(14))
    (asked,) = reminders(place, CLAIRE, "DEC-2")
    ines = await place.person(INES).presses("Toujours valable", on=asked)
    assert "Claire Vasseur" in ines.told


def row(home: Json, ref: str) -> Json:
    """The blocks of Home about one decision."""
    blocks = home["blocks"]
    at = next(n for n, block in enumerate(blocks) if ref in said({"blocks": [block]}))
    return {**home, "blocks": blocks[at : at + 2]}
