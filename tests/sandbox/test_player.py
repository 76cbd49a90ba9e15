"""The example company is played in by gestures that a busy machine must not break."""

import asyncio

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.person import Person
from sandbox.scenarios.player import Stuck, act
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
