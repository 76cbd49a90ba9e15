"""Stories of the set-up: people at once, one choice each, the leader card, warnings (journeys 2a)."""

from bot.dialogue.place import unpacked
from tests.bot.dialogue.stage import CLAIRE, ELODIE, INES, MARC, PAUL, SOFIA, Hand, Stage

FIRST = {"SET01": "Boréal", "SET02": "relaunch", "SET20": "fr", "SET18": "2026-01-12"}
COMPANY = {"SET03": ["org"], "SET04": "50_249", "SET05": "varied", "SET06": "complex_b2b", "SET07": "mixed"}
PEOPLE = {"SET10": MARC, "SET11": CLAIRE, "SET12": CLAIRE, "SET13": [INES, PAUL, SOFIA]}


async def at_people(stage: Stage) -> tuple[str, Hand]:
    setup = await stage.opens("D01", people=[ELODIE])
    elodie = await stage.hand(ELODIE).opens(setup)
    await elodie.fills(FIRST).sends()
    await elodie.fills(COMPANY).sends()
    return setup, elodie


async def at_steering(stage: Stage) -> tuple[str, Hand]:
    setup, elodie = await at_people(stage)
    await elodie.fills(PEOPLE).sends()
    return setup, elodie


async def test_a_follow_up_appears_on_the_next_screen_and_says_why(stage: Stage) -> None:
    setup = await stage.opens("D01", people=[ELODIE])
    elodie = await stage.hand(ELODIE).opens(setup)
    await elodie.fills(FIRST).sends()
    assert "Last time, what explained the gap" in elodie.text
    assert "Asked because you answered: Restart after a disappointment." in elodie.text


async def test_everybody_is_chosen_at_once_then_one_choice_each(stage: Stage) -> None:
    setup, elodie = await at_steering(stage)
    assert elodie.view["submit"]["text"] == "Create the project"
    for name in ("Inès Rahmani", "Paul Kermorgan", "Sofia Lindqvist", "Marc Delorme", "Claire Vasseur"):
        assert f"{name} works in" in elodie.text
    rows = (await stage.answers(setup))["SET13"][""]
    assert {row["person"]: row["daci"] for row in rows} == {
        INES: "contributor", PAUL: "contributor", SOFIA: "contributor", MARC: "driver", CLAIRE: "approver",
    }  # fmt: skip


async def test_6_choosing_who_steers_shows_the_card_at_once_and_loses_nothing(stage: Stage) -> None:
    _, elodie = await at_steering(stage)
    elodie.fills({f"SET13:{INES}:function": "marketing"})
    await elodie.chooses("dialogue.choose:SET08", "business")
    assert "Close to customers and to field reality" in elodie.text
    assert "Often less at ease with technology" in elodie.text
    assert "An IT person is assigned to support the team" in elodie.text
    ines = next(b for b in elodie.view["blocks"] if (b.get("block_id") or "").endswith(f"{INES}:function"))
    assert ines["element"]["initial_option"]["value"] == "marketing"
    await elodie.chooses("dialogue.choose:SET08", "it")
    assert "A business co-lead decides on everyday use" in elodie.text
    assert "An IT person is assigned" not in elodie.text


async def test_the_first_look_follows_the_key_people(stage: Stage) -> None:
    setup, elodie = await at_steering(stage)
    team = {INES: "marketing", PAUL: "service", SOFIA: "it", MARC: "sales", CLAIRE: "management"}
    elodie.fills({f"SET13:{user}:function": function for user, function in team.items()})
    await elodie.chooses("dialogue.choose:SET08", "business")
    elodie.fills({"SET09": ["arbiter"]})
    await elodie.sends()
    assert elodie.view["title"]["text"] == "Project created"
    assert "Not enough answers to conclude" in elodie.text
    assert (await stage.answers(setup))["SET09"] == {"": ["arbiter"]}
    again = await stage.hand(ELODIE).opens(setup)
    assert "Will an outside expert help" in again.text


async def test_parts_in_decisions_are_preset_and_can_be_changed(stage: Stage) -> None:
    setup, elodie = await at_steering(stage)
    await elodie.presses("More about each person")
    block = next(b for b in elodie.view["blocks"] if (b.get("block_id") or "") == f"p:{INES}:daci")
    elodie.typed.setdefault(elodie.stack[-1], {})[block["block_id"]] = {
        "selected_option": {"value": "informed"}
    }
    await elodie.sends()
    rows = (await stage.answers(setup))["SET13"][""]
    assert {row["person"]: row["daci"] for row in rows}[INES] == "informed"
    assert "Create the project" in elodie.text


async def test_the_form_over_the_screen_loses_nothing_that_was_chosen_under_it(stage: Stage) -> None:
    _, elodie = await at_steering(stage)
    elodie.fills({f"SET13:{INES}:function": "marketing", f"SET13:{PAUL}:function": "service"})
    await elodie.chooses("dialogue.choose:SET08", "business")
    elodie.fills({"SET09": ["arbiter"]})
    await elodie.presses("More about each person")
    await elodie.fills({}).sends()
    chosen = {
        block["block_id"].split(":", 3)[-1]: block["element"].get("initial_option")
        for block in elodie.view["blocks"]
        if str(block.get("block_id", "")).startswith("q:SET13:")
    }
    assert {user: option["value"] for user, option in chosen.items() if option} == {
        f"{INES}:function": "marketing", f"{PAUL}:function": "service",
    }  # fmt: skip
    assert "Close to customers and to field reality" in elodie.text
    assert "An IT person is assigned to support the team" in elodie.text


async def test_nobody_yet_is_an_answer_and_can_be_taken_back(stage: Stage) -> None:
    setup, elodie = await at_people(stage)
    elodie.fills({"SET10": MARC})
    await elodie.chooses("dialogue.exit:SET11", "nobody")
    assert "*Nobody yet* is noted. You can name somebody at any time." in elodie.text
    lead = next(b for b in elodie.view["blocks"] if (b.get("block_id") or "").startswith("q:SET10"))
    assert lead["element"]["initial_user"] == MARC
    await elodie.presses("Choose a person")
    assert not unpacked(elodie.view["private_metadata"]).nobody  # type: ignore[union-attr]
    await elodie.chooses("dialogue.exit:SET11", "nobody")
    await elodie.fills({"SET12": PAUL, "SET13": [INES, PAUL, SOFIA]}).sends()
    assert (await stage.answers(setup))["SET11"] == {"": "nobody"}
    assert "works in" in elodie.text


async def test_a_warning_shows_the_screen_again_and_a_second_press_keeps_the_choice(stage: Stage) -> None:
    setup, elodie = await at_people(stage)
    await elodie.fills({**PEOPLE, "SET12": MARC}).sends()
    assert "The arbiter and the lead are the same person." in elodie.text
    assert [b["level"] for b in elodie.view["blocks"] if b["type"] == "alert"] == ["warning"]
    assert "SET12" not in await stage.answers(setup)
    await elodie.sends()
    assert (await stage.answers(setup))["SET12"] == {"": MARC}


async def test_after_a_warning_another_choice_is_judged_afresh(stage: Stage) -> None:
    setup, elodie = await at_people(stage)
    await elodie.fills({**PEOPLE, "SET12": MARC}).sends()
    await elodie.fills({**PEOPLE, "SET10": CLAIRE, "SET12": CLAIRE}).sends()
    assert "The arbiter and the lead are the same person." in elodie.text
    assert "SET12" not in await stage.answers(setup)


async def test_a_problem_stands_under_its_field(stage: Stage) -> None:
    _, elodie = await at_people(stage)
    await elodie.fills({**PEOPLE, "SET12": ELODIE}).sends()
    assert [block.split(":")[1] for block in elodie.errors] == ["SET12"]
    assert "cannot be the facilitator" in next(iter(elodie.errors.values()))


async def test_a_coach_from_outside_is_named_in_words(stage: Stage) -> None:
    setup, elodie = await at_steering(stage)
    team = {INES: "marketing", PAUL: "service", SOFIA: "it", MARC: "sales", CLAIRE: "management"}
    elodie.fills({f"SET13:{user}:function": function for user, function in team.items()})
    await elodie.chooses("dialogue.choose:SET08", "undecided")
    await elodie.sends()
    again = await stage.hand(ELODIE).opens(setup)
    again.fills({"SET14": "internal", "SET19": "FR", "SET16:outside": "Jeanne Aubry, 01 02 03 04 05"})
    await again.sends()
    assert (await stage.answers(setup))["SET16"] == {"": "Jeanne Aubry, 01 02 03 04 05"}


async def test_the_set_up_says_nothing_to_anybody_else(stage: Stage) -> None:
    """2: before "Invite", nobody but the facilitator has received anything."""
    await at_steering(stage)
    for what in ("dialogue_card", "decision_card", "project_card", "invitation"):
        assert await stage.queued(what) == []
    assert {row["ref"]["user"] for row in await stage.queued("home")} == {ELODIE}
