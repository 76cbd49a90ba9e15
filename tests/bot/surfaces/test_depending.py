"""What rests on a decision that is replaced or re-opened is shown before, and says so afterwards."""

from dataclasses import replace

from storage import life
from tests.bot.surfaces.stage import BOREAL, CLAIRE, INES, MARC, PAUL, WORKSPACE, Town, flat, said
from tests.bot.surfaces.test_records_by_hand import kept, project, records


async def resting(place: Town) -> str:
    """A decision that stands, an action of Paul's that serves it, and a blocking issue of Inès's about it."""
    id = project(place)
    await records(place.person(MARC), "decision Ancien outil", reason="Rien d’autre", stands="accepted",
                  method="consensus", decided_by=CLAIRE)  # fmt: skip
    await records(place.person(MARC), "action Former les équipes", owner=PAUL, serves="dec-1")
    await records(place.person(INES), "question Qui forme Nord ?", owner=INES, blocking="yes")
    ines = await place.person(INES).runs("/cadrage ISS-1")
    await ines.presses("Modifier")
    ines.fills({"serves": "DEC-1"})
    await ines.sends()
    assert not ines.errors, ines.errors
    return id


def moves(place: Town, id: str, ref: str) -> list[tuple[str, str | None]]:
    past = place.parts.db.read_sync(life.history, workspace=WORKSPACE, project_id=id, ref=ref)
    return [(one.move, one.reason) for one in past]


async def test_what_depends_is_shown_before_it_is_replaced_and_says_so_afterwards(place: Town) -> None:
    id = await resting(place)
    claire = await place.person(CLAIRE).runs("/cadrage DEC-1")
    assert claire.sees("Ce qui en dépend : ACT-1, ISS-1")
    await claire.presses("Remplacer")
    assert claire.sees("Ce qui en dépend", "ACT-1 Former les équipes", "ISS-1 Qui forme Nord ?")
    claire.fills({"title": "Nouvel outil", "reason": "L’export est prêt"})
    await claire.sends()
    assert moves(place, id, "ACT-1")[-1] == moves(place, id, "ISS-1")[-1] == ("shaken", "DEC-1")
    place.clock.passes(minutes=2)
    place.delivers()
    (card,) = place.to(BOREAL, "record_card")
    assert flat("Cela repose sur DEC-1, remplacée.") in flat(card.text), "the card in the channel says so"
    paul = await place.person(PAUL).opens_home()
    assert flat("ACT-1 Former les équipes repose sur DEC-1, remplacée.") in flat(said(paul.home))
    await paul.runs("/cadrage ACT-1")
    assert paul.sees("Cela repose sur DEC-1, remplacée. Revoyez-le avant d’agir.")
    await paul.presses("Modifier")
    paul.fills({"serves": "DEC-2"})
    await paul.sends()
    assert not paul.sees("Revoyez-le avant d’agir"), "it rests on the new one from now on"
    place.delivers()
    assert "repose sur" not in said(paul.home)
    assert kept(place, id, "ACT-1").status == "open", "nothing that depends was moved"


async def test_re_opened_in_english_and_undone_it_stands_again(place: Town) -> None:
    place.slack.people[MARC] = replace(place.slack.people[MARC], locale="en-GB")
    id = await resting(place)
    marc = await place.person(MARC).runs("/cadrage DEC-1")
    await marc.presses("Reopen")
    assert marc.sees("What depends on it", "Each will say that DEC-1 no longer stands")
    marc.fills({"why": "The contract has ended"})
    await marc.sends()
    await marc.runs("/cadrage ISS-1")
    assert marc.sees("It rests on DEC-1, which is not decided.", "what it rests on no longer stands")
    await marc.runs("/cadrage DEC-1")
    await marc.presses("Undo (10 minutes)")
    await marc.runs("/cadrage ISS-1")
    assert not marc.sees("Look at it again before acting on it.")
    assert [move for move, _ in moves(place, id, "ISS-1")][-2:] == ["shaken", "steady"]


async def test_what_would_replace_a_decision_replaces_it_once_it_is_accepted(place: Town) -> None:
    await resting(place)
    ines = await place.person(INES).runs("/cadrage DEC-1")
    await ines.presses("Remplacer")
    ines.fills({"title": "Nouvel outil", "reason": "L’export est prêt"})
    await ines.sends()
    assert ines.sees("Proposé à la place de DEC-1")
    await ines.runs("/cadrage DEC-1")
    assert ines.sees("DEC-2 est proposé à sa place")
    assert not ines.sees("Remplacé par DEC-2")
