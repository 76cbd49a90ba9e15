"""The currency of a project: chosen by those who run it, asked and read in it (RTE06)."""

from bot.commands import COMMANDS
from storage import dialogue as dialogues
from tests.bot.dialogue.stage import CLAIRE, ELODIE, INES, MARC, Hand, Stage


async def settings(stage: Stage, user: str) -> Hand:
    """`/cadrage settings`, then what is for the whole project."""
    return await stage.hand(user).opens(stage.project, action="project.settings")


async def test_another_currency_is_asked_and_read_by_everybody(scene_fr: Stage) -> None:
    assert "settings" in COMMANDS
    elodie = await settings(scene_fr, ELODIE)
    assert "EUR · euros" in elodie.text
    await elodie.fills({"currency": "CHF"}).sends()
    assert "Enregistré. Les budgets se comptent en francs suisses." in elodie.text
    run = await scene_fr.opens("D15", people=[MARC])
    marc = await scene_fr.hand(MARC).opens(run)
    await marc.fills({"RTE01": "mostly", "RTE02": "some", "RTE04": "free", "RTE05": "yes"}).sends()
    await marc.fills({"RTE03": "no"}).sends()
    assert "tous coûts compris (en francs suisses)" in marc.text
    await marc.fills({"RTE06": "240000"}).sends()
    await scene_fr.run(dialogues.close, workspace="T1", id=run, by=ELODIE, now=scene_fr.calendar.now())
    claire = await scene_fr.hand(CLAIRE).opens(run, action="results.open")
    assert "tous coûts compris (en francs suisses)" in claire.text
    assert "240 000 CHF" in claire.text


async def test_any_currency_by_its_code_and_nothing_else(stage: Stage) -> None:
    elodie = await settings(stage, ELODIE)
    for typed in ("zzz", "€€€", "eu"):
        await elodie.fills({"other": typed}).sends()
        assert elodie.errors == {
            "other": "This is no currency I know. Write its three letters, such as JPY, or choose one above."
        }
    await elodie.fills({"currency": "other", "other": ""}).sends()
    assert elodie.errors
    await elodie.fills({"other": "jpy"}).sends()
    assert "Budgets are counted in JPY." in elodie.text
    again = await settings(stage, ELODIE)
    assert "\nJPY\n" in again.text


async def test_only_those_who_run_the_project_may(stage: Stage) -> None:
    for user, may in ((ELODIE, True), (MARC, True), (CLAIRE, False), (INES, False), ("USTRANGER", False)):
        hand = await settings(stage, user)
        assert ("are counted in" in hand.text) is may, user
        mine = await stage.hand(user).opens(stage.project, action="settings.open")
        assert ("Settings of the project" in mine.text) is may, user
