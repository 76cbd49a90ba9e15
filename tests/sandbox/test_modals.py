"""Modals as a person meets them: opening, filling, errors, update, push, clear, closing, stale handles."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.person import Cannot, NotSeen, Person
from sandbox.server import Running
from tests.sandbox.tinyapp import FORM, TinyApp, field, modal


async def test_a_form_is_opened_filled_and_sent(app: TinyApp, ana: Person) -> None:
    await ana.runs("/tiny form")
    assert await ana.sees("New project", "Project name", "Save")
    done = await ana.submits(
        {"Project name": "Phénix", "colour": "Dark blue", "lead": "Ben Carter"}, start="2026-02-16"
    )
    assert done["ok"]
    assert await ana.no_modal()
    values = app.bodies[-1]["view"]["state"]["values"]
    assert values["name"]["name"] == {"type": "plain_text_input", "value": "Phénix"}
    assert values["colour"]["colour"]["selected_option"]["value"] == "blue"
    assert values["lead"]["lead"] == {"type": "users_select", "selected_user": "U0BEN"}
    assert values["start"]["start"]["selected_date"] == "2026-02-16"


async def test_what_is_left_empty_is_null_or_an_empty_list(app: TinyApp, ana: Person) -> None:
    await ana.runs("/tiny form")
    await ana.submits(name="x")
    values = app.bodies[-1]["view"]["state"]["values"]
    assert values["colour"]["colour"] == {"type": "static_select", "selected_option": None}
    assert values["lead"]["lead"]["selected_user"] is None


async def test_a_required_field_is_asked_for_before_anything_is_sent(app: TinyApp, ana: Person) -> None:
    await ana.runs("/tiny form")
    before = len(app.bodies)
    answer = await ana.submits(colour="Red")
    assert answer["errors"] == {"name": "Please complete this required field."}
    assert len(app.bodies) == before
    assert await ana.errors() == {"Project name": "Please complete this required field."}


async def test_errors_of_the_app_stand_under_the_input_and_the_text_stays(app: TinyApp, ana: Person) -> None:
    app.answer = {"response_action": "errors", "errors": {"name": "Already taken"}}
    await ana.runs("/tiny form")
    answer = await ana.submits(name="Phénix")
    assert answer["errors"] == {"name": "Already taken"}
    assert await ana.sees("Already taken", "Phénix")


async def test_errors_about_a_block_that_is_no_input_are_trouble(app: TinyApp, ana: Person) -> None:
    app.answer = {"response_action": "errors", "errors": {"nowhere": "x"}}
    await ana.runs("/tiny form")
    assert (await ana.submits(name="x"))["shown"] == "trouble_connecting"
    assert await ana.sees("We had some trouble connecting")


async def test_an_update_keeps_what_was_typed_under_the_same_ids(app: TinyApp, ana: Person) -> None:
    other = field(
        "Another", {"type": "plain_text_input", "action_id": "new", "initial_value": "first"}, block_id="new"
    )
    app.answer = {"response_action": "update", "view": modal([FORM[0], other], title="Second")}
    await ana.runs("/tiny form")
    await ana.submits(name="Phénix")
    assert await ana.sees("Second", "Phénix", "first")


async def test_new_ids_take_the_new_initial_value(app: TinyApp, ana: Person) -> None:
    element = {"type": "plain_text_input", "action_id": "other", "initial_value": "fresh"}
    app.answer = {"response_action": "update", "view": modal([field("Name", element, block_id="name")])}
    await ana.runs("/tiny form")
    await ana.submits(name="old words")
    assert await ana.sees("fresh")
    assert await ana.does_not_see("old words", for_seconds=0)


async def test_views_are_pushed_three_deep_and_cleared(app: TinyApp, ana: Person) -> None:
    await ana.runs("/tiny form")
    for title in ("Second", "Third"):
        app.answer = {"response_action": "push", "view": modal(FORM, title=title)}
        assert (await ana.submits(name="x"))["ok"]
    assert (await ana.submits(name="x"))["error"] == "push_limit_reached"
    await ana.closes()
    assert await ana.sees("Second")
    app.answer = {"response_action": "clear"}
    await ana.submits(name="x")
    assert await ana.no_modal()


async def test_a_view_slack_would_refuse_is_not_shown(app: TinyApp, ana: Person) -> None:
    app.answer = {"response_action": "update", "view": modal(FORM, title="x" * 25)}
    await ana.runs("/tiny form")
    answer = await ana.submits(name="x")
    assert answer["error"] == "invalid_arguments"
    assert answer["why"] == ["title: 25 characters, 24 allowed"]


async def test_closing_tells_the_app_that_asked_to_know(app: TinyApp, ana: Person) -> None:
    await ana.runs("/tiny form")
    await ana.closes()
    assert app.bodies[-1]["type"] == "view_closed"
    assert app.bodies[-1]["is_cleared"] is False


async def test_a_late_answer_keeps_the_modal_open_with_its_text(
    app: TinyApp, ana: Person, box: Running
) -> None:
    box.space.delivery.deadline = 0.2
    await ana.runs("/tiny form")
    app.slow = 0.4
    assert (await ana.submits(name="Phénix"))["shown"] == "trouble_connecting"
    assert await ana.sees("trouble connecting", "Phénix")


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_trigger_opens_one_view_within_three_seconds(box: Running, client: AsyncWebClient) -> None:
    surfaces, view = box.space.world.surfaces, modal(FORM)
    trigger = surfaces.trigger("U0ANA")
    await client.views_open(trigger_id=trigger, view=view)
    assert await refusal(client.views_open(trigger_id=trigger, view=view)) == "exchanged_trigger_id"
    late = surfaces.trigger("U0ANA")
    box.space.world.shift += 3.1
    assert await refusal(client.views_open(trigger_id=late, view=view)) == "expired_trigger_id"
    assert await refusal(client.views_open(trigger_id="1.2.x", view=view)) == "invalid_trigger_id"


async def test_a_stale_hash_and_a_closed_view_are_refused(
    box: Running, client: AsyncWebClient, ana: Person
) -> None:
    surfaces = box.space.world.surfaces
    opened = await client.views_open(
        trigger_id=surfaces.trigger("U0ANA"), view=modal(FORM, external_id="one")
    )
    view_id, first = opened["view"]["id"], opened["view"]["hash"]
    await client.views_update(external_id="one", view=modal(FORM, title="Newer", external_id="one"))
    assert (
        await refusal(client.views_update(view_id=view_id, hash=first, view=modal(FORM))) == "hash_conflict"
    )
    second = await refusal(
        client.views_push(trigger_id=surfaces.trigger("U0ANA"), view=modal(FORM, external_id="one"))
    )
    assert second == "duplicate_external_id"
    await ana.closes()
    assert await refusal(client.views_update(view_id=view_id, view=modal(FORM))) == "not_found"


async def test_home_is_published_and_its_button_opens_a_form(app: TinyApp, ana: Person) -> None:
    await ana.home()
    assert await ana.sees("Hello @Ana Ruiz")
    await ana.clicks("Start")
    assert await ana.sees("Project name")
    assert app.bodies[-1]["view"]["type"] == "home"


async def test_the_client_checks_numbers_and_lengths(
    box: Running, client: AsyncWebClient, ana: Person
) -> None:
    number = {"type": "number_input", "action_id": "n", "is_decimal_allowed": False, "min_value": "1"}
    short = {"type": "plain_text_input", "action_id": "s", "min_length": 3}
    mail = {"type": "email_text_input", "action_id": "m"}
    blocks = [
        field(name, e, block_id=name) for name, e in (("Number", number), ("Short", short), ("Mail", mail))
    ]
    await client.views_open(trigger_id=box.space.world.surfaces.trigger("U0ANA"), view=modal(blocks))
    answer = await ana.submits(Number="0", Short="ab", Mail="nobody")
    assert set(answer["errors"]) == {"Number", "Short", "Mail"}
    assert "at least 1" in answer["errors"]["Number"]


async def test_another_persons_modal_cannot_be_touched(
    app: TinyApp, ana: Person, ben: Person, box: Running
) -> None:
    await ana.runs("/tiny form")
    view_id = (await ana.modal())["id"]
    with pytest.raises(Cannot, match="Ben Carter has no such view open"):
        await ben.does("submit", view_id=view_id, values={})


async def test_not_finding_a_field_says_what_is_there(app: TinyApp, ana: Person) -> None:
    await ana.runs("/tiny form")
    with pytest.raises(NotSeen, match=r"'Budget' to fill; there is 'Project name', 'Colour'"):
        await ana.fills({"Budget": "1"}, within=0.1)
    await asyncio.sleep(0)
