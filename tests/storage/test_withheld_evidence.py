"""What people answer for themselves is no evidence before their dialogue has closed, and then it is (0.6)."""

from datetime import UTC, datetime, time

import pytest

from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.evidence import Evidence
from flows.playbook import Playbook
from storage import dialogue
from storage.database import Database
from storage.diagnosis_evidence import evidence
from tests.worked_example.playing import SENT, WORKSPACE, Played, user
from tests.worked_example.sheets import FACILITATOR, told

#: Rules of the example that can only be known from what somebody has said for themselves.
PERSONAL = {"R07", "R08", "R19", "R20", "R21", "R54", "R64"}


@pytest.fixture
def open_example(database: Database, playbook: Playbook) -> Played:
    """The worked example with every dialogue still open."""
    sheets = told(playbook, None, user)
    played = Played(db=database, playbook=playbook, told=sheets, left_open=frozenset(SENT))
    played.plays()
    return played


def gathered(played: Played) -> Evidence:
    now = datetime.combine(played.told.today, time(9), tzinfo=UTC)
    here = {"workspace": WORKSPACE, "project_id": played.project, "playbook": played.playbook}
    found = played.db.read_sync(evidence, **here, now=now)
    assert found is not None
    return found


def test_nothing_of_an_open_dialogue_is_evidence_but_its_forms(open_example: Played) -> None:
    found = gathered(open_example)
    own = {q.id for flow in open_example.playbook.flows.values() for q in flow.questions if not q.shared}
    assert not own & (found.named.keys() | found.forms.keys())
    assert not found.named
    assert found.steps is None
    assert found.gaps is None
    assert found.withheld["PRO05"] == "D04"
    assert found.withheld["SPO01"] == "D03"
    assert "RTE12" not in found.withheld  # not sent
    assert found.forms["OBJ09"].value == "shared"  # one answer for all: shown at once, as its screen says
    assert found.facts.required_rate is not None  # how many are in is no secret
    diagnosis = diagnose(found, open_example.playbook.diagnosis)
    assert not PERSONAL & {rule.id for rule in diagnosis.rules}
    assert {one.id for one in diagnosis.contested} == {"BEL03", "BEL06"}  # of waves that have closed
    assert diagnosis.gates["G2"] == diagnosis.gates["G3"] == "not_assessed"
    assert not set(diagnosis.missing) & found.withheld.keys()


def test_at_its_closing_a_dialogue_becomes_evidence(open_example: Played) -> None:
    open_example.closes("D04")
    found = gathered(open_example)
    assert {"PRO05", "PRO06", "PRO08"} <= found.named.keys()
    assert found.gaps
    assert "D04" not in found.withheld.values()
    fired = {rule.id for rule in diagnose(found, open_example.playbook.diagnosis).rules}
    assert {"R07", "R08", "R21"} <= fired
    assert "R19" not in fired  # D02 is still open


def test_while_a_dialogue_is_asked_again_what_was_said_before_stands(open_example: Played) -> None:
    open_example.closes("D04")
    before = gathered(open_example)
    open_example.db.run_sync(
        dialogue.open, workspace=WORKSPACE, project_id=open_example.project, flow="D04",
        opened_by=user(FACILITATOR), closes_on=None, now=datetime(2026, 2, 17, 9, tzinfo=UTC),
    )  # fmt: skip
    again = gathered(open_example)
    assert again.named == before.named
    assert again.gaps == before.gaps
    assert again.withheld == before.withheld
