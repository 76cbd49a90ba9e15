"""The worked example of the domain, read once a case."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from flows.diagnosis import fixture
from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.evidence import Evidence
from flows.diagnosis.fixture import read
from flows.diagnosis.result import Diagnosis
from flows.playbook import Playbook

CORVANNE = Path(fixture.__file__).parent / "corvanne.yaml"

Told = Callable[[str | None], Evidence]


@pytest.fixture(scope="session")
def told(playbook: Playbook) -> Told:
    """`told("B")`: what variant B of the worked example gives a diagnosis to read."""
    text = CORVANNE.read_text(encoding="utf-8")
    return cache(lambda variant: read(text, playbook.flows, variant).evidence)


@pytest.fixture(scope="session")
def said(told: Told, playbook: Playbook) -> Callable[[str | None], Diagnosis]:
    """`said(None)`: the diagnosis of its base case."""
    return cache(lambda variant: diagnose(told(variant), playbook.diagnosis))
