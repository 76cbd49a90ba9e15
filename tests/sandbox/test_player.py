"""The example company is played in by gestures that a busy machine must not break."""

import asyncio

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.person import Person
from sandbox.scenarios.acting import Actor, Stuck, wait_until_free
from sandbox.scenarios.gestures import act
from tests.sandbox.tinyapp import FORM, TinyApp, modal


async def test_a_form_that_is_redrawn_late_is_filled_and_sent_again(
    app: TinyApp, ana: Person, client: AsyncWebClient
) -> None:
    await ana.runs("/tiny form")
    sending = asyncio.create_task(act(ana, {"submits": {"colour": "Red"}}, 6.0))
    await ana.sees("Please complete this required field.")  # the name is missing
    await client.views_update(view_id=(await ana.modal())["id"], view=modal(FORM[1:]))
    await sending
    values = app.bodies[-1]["view"]["state"]["values"]
    assert values["colour"]["colour"]["selected_option"]["value"] == "red"
    assert "name" not in values


async def test_a_form_that_stays_refused_says_why(app: TinyApp, ana: Person) -> None:
    await ana.runs("/tiny form")
    with pytest.raises(Stuck, match=r"Please complete this required field\."):
        await act(ana, {"submits": {"colour": "Red"}}, 0.2)
    assert app.bodies[-1]["command"] == "/tiny"


async def test_whoever_looks_on_waits_while_the_player_acts_as_the_same_person(
    app: TinyApp, ana: Person
) -> None:
    async with Actor(ana.url, "ana") as played:
        await played.channel("#general")
        assert (await played.runs("/tiny form"))["ok"]
        form = await played.modal()
        refused = await ana.does("submit", view_id=form["id"], values={})
        assert refused["shown"] == "being_played"
        await played.closes(everything=True)
        ben = Person(ana.url, "ben")
        await ben.channel("#general")
        assert (await ben.runs("/tiny form"))["ok"], "everybody else is free"
        await ben.closes(everything=True)
        await ben.leave()
    assert (await ana.runs("/tiny form"))["ok"], "and so is ana, once it is over"
    assert app.bodies


async def test_the_player_lets_whoever_looks_on_finish_for_a_while(app: TinyApp, ana: Person) -> None:
    await ana.runs("/tiny form")
    async with Actor(ana.url, "ana") as played:
        waiting = asyncio.create_task(wait_until_free(played, 30.0))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        await played.closes(everything=True)
        await waiting
    await ana.runs("/tiny form")
    async with Actor(ana.url, "ana") as played:
        await wait_until_free(played, 0.1)
        assert (await played.state())["modals"] == [], "then it is put away"
    assert app.bodies
