"""A page that cannot be made leaves nobody in front of "Opening…"."""

import pytest

from bot import answer
from bot.request import Json, Request
from bot.words.text import words
from storage.errors import Busy
from tests.bot.surfaces.stage import Town

PRESS = Request(
    kind="command", name="todo", workspace="T1", user="U1", payload={}, trigger_id="1.2.3",
)  # fmt: skip


@pytest.mark.parametrize("problem", [KeyError("ours"), Busy()])
async def test_a_page_that_fails_says_so_and_only_a_defect_goes_to_the_log(
    place: Town, problem: Exception
) -> None:
    async def build() -> Json:
        raise problem

    reply = answer.show(PRESS, place.parts, words("fr"), "Documents", build)
    assert reply.after is not None
    if isinstance(problem, Busy):
        await reply.after()
    else:
        with pytest.raises(KeyError):
            await reply.after()
    shown = str(place.slack.views[place.slack.opened[-1]])
    assert "Fermez" in shown
    assert "Ouverture…" not in shown
