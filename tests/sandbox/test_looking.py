"""How long a person looks: as long as the pauses between two looks, however slow the machine is."""

import asyncio
import time
from typing import Any

import pytest

from sandbox.looking import NotSeen, Onlooker


class Slow(Onlooker):
    """Looks through a busy machine: looks take their time, and what is awaited is there from one on."""

    def __init__(self, there_from: int) -> None:
        super().__init__("", "ana")
        self.looks, self.there_from = 0, there_from

    async def state(self) -> dict[str, Any]:
        await asyncio.sleep(0.05)
        self.looks += 1
        return {"modals": [{"id": "V1"}] if self.looks >= self.there_from else []}

    async def reads(self) -> str:
        return ""


async def test_slow_looks_use_up_no_patience() -> None:
    ana = Slow(there_from=4)
    assert (await ana.modal(within=0.095))["id"] == "V1"  # after pauses of 0.02, 0.03 and 0.045


async def test_patience_ends_with_a_last_look() -> None:
    ana = Slow(there_from=99)
    start = time.monotonic()
    with pytest.raises(NotSeen, match="no modal open"):
        await ana.modal(within=0.045)  # pauses of 0.02 and 0.025
    assert ana.looks == 3
    assert time.monotonic() - start >= 0.045


async def test_without_patience_there_is_one_look() -> None:
    ana = Slow(there_from=2)
    with pytest.raises(NotSeen):
        await ana.modal(within=0)
    assert ana.looks == 1


def pages(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"modals": [{"id": "V1", "type": "modal", "blocks": list(blocks)}]}


SEND = {"type": "button", "action_id": "send.open", "text": {"type": "plain_text", "text": "Send questions"}}
PAGE = pages({"type": "actions", "block_id": "a", "elements": [SEND]})
QUESTION = {"type": "plain_text_input", "action_id": "question"}
FORM = pages(
    {"type": "input", "block_id": "b", "label": {"type": "plain_text", "text": "Text"}, "element": QUESTION}
)


class Turning(Onlooker):
    """The page shown gives way to a form at the third look."""

    def __init__(self) -> None:
        super().__init__("", "ana")
        self.looks = 0

    async def state(self) -> dict[str, Any]:
        self.looks += 1
        return PAGE if self.looks < 3 else FORM


async def test_what_is_to_be_filled_is_never_a_button_of_the_page_before() -> None:
    thing = await Turning().find("question", within=1, inputs=True)
    assert thing.action_id == "question"
