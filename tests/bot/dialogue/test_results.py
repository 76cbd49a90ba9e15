"""What came out of a closed dialogue, for those who may read it (0.6, "See what came out")."""

from datetime import date

from storage import dialogue as dialogues
from tests.bot.dialogue.stage import CLAIRE, ELODIE, INES, MARC, SOFIA, Stage

CLOSES = date(2026, 1, 29)
RANKS = ["structure", "activity", "revenue", "experience", "trace", "steering"]


async def answered(stage: Stage, goals: str, user: str, why: str) -> None:
    hand = await stage.hand(user).opens(goals)
    await hand.fills({"OBJ01": f"{user} says so"}).sends()
    await hand.fills({f"OBJ04:{n}": value for n, value in enumerate(RANKS, start=1)}).sends()
    hand.fills({"OBJ05": why, "OBJ07": "4"})
    await hand.chooses("dialogue.exit:OBJ06", "unknown")
    await hand.sends()


async def closed(stage: Stage) -> str:
    goals = await stage.opens("D02", people=[SOFIA], closes_on=CLOSES)
    await answered(stage, goals, SOFIA, "pain")
    await stage.run(dialogues.close, workspace="T1", id=goals, by=ELODIE, now=stage.calendar.now())
    return goals


async def test_nothing_is_shown_before_it_closes(stage: Stage) -> None:
    goals = await stage.opens("D02", people=[SOFIA], closes_on=CLOSES)
    await answered(stage, goals, SOFIA, "pain")
    marc = await stage.hand(MARC).opens(goals, action="results.open")
    assert "Answers are shown to the others once this closes, not before." in marc.text
    assert "says so" not in marc.text


async def test_distributions_come_first_and_texts_bear_their_author(stage: Stage) -> None:
    goals = await closed(stage)
    marc = await stage.hand(MARC).opens(goals, action="results.open")
    assert "A clear problem bothers customers or teams: 1" in marc.text
    assert "1. Contacts kept in good order · mean rank 1" in marc.text
    assert "*Sofia Lindqvist*\n> USOFIA says so" in marc.text
    assert "1 does not know" in marc.text
    assert marc.text.index("Why now?") < marc.text.index("says so")


async def test_a_stranger_reads_no_results(stage: Stage) -> None:
    goals = await closed(stage)
    stranger = await stage.hand("USTRANGER").opens(goals, action="results.open")
    assert "I find nothing there for you." in stranger.text


async def test_restricted_answers_are_for_their_readers_only(stage: Stage) -> None:
    setup = await stage.opens("D01", people=[ELODIE])
    first = {"SET01": "Boréal", "SET02": "first", "SET20": "fr", "SET18": "2026-01-12"}
    elodie = await stage.hand(ELODIE).opens(setup)
    await elodie.fills(first).sends()
    await stage.run(_groups, setup=setup)
    await stage.run(dialogues.close, workspace="T1", id=setup, by=ELODIE, now=stage.calendar.now())
    for user, reads in ((CLAIRE, True), (MARC, True), (ELODIE, True), (INES, False), (SOFIA, False)):
        hand = await stage.hand(user).opens(setup, action="results.open")
        assert ("The works council" in hand.text) is reads, user


def _groups(conn: object, *, setup: str) -> None:
    """One restricted answer, stored as a turn would."""
    from sqlalchemy import insert  # noqa: PLC0415

    from storage.tables import answer  # noqa: PLC0415
    from tests.bot.dialogue.stage import START  # noqa: PLC0415

    row = {"group": "The works council", "power": 4, "interest": 4, "id": "1.1"}
    conn.execute(  # type: ignore[attr-defined]
        insert(answer).values(
            workspace="T1", dialogue_id=setup, question="SET21", respondent="", version=1, author=ELODIE,
            value=[row], at=START, restricted=True, shared=True, compared=False,
        )
    )  # fmt: skip
