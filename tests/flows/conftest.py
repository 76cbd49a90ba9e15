"""The playbook that comes with the product, loaded once, and stages to play it on."""

from collections.abc import Callable
from typing import Any

import pytest

from flows.playbook import Playbook
from tests.flows.stage import BOREAL, EMPTY, Stage


@pytest.fixture
def stage(playbook: Playbook) -> Callable[..., Stage]:
    """`stage("D02")`: the example company answering D02."""

    def build(flow: str, **fields: Any) -> Stage:
        fields.setdefault("cast", EMPTY if flow == "D01" else BOREAL)
        return Stage(playbook=playbook, flow_id=flow, **fields)

    return build
