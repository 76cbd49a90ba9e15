"""The worked example, played into the database, is diagnosed as it is from its file (8.2 to 8.8)."""

from datetime import UTC, datetime, time

import pytest

from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.evidence import Evidence
from flows.diagnosis.fixture import read
from flows.diagnosis.result import Diagnosis
from flows.playbook import Playbook
from storage.database import Database
from storage.diagnosis_evidence import evidence
from tests.worked_example.playing import WORKSPACE, Played, user
from tests.worked_example.sheets import FILE, told


def gathered(db: Database, playbook: Playbook, variant: str | None) -> Evidence:
    """What the database gives of a case, once it has been played."""
    played = Played(db=db, playbook=playbook, told=told(playbook, variant, user))
    played.plays()
    now = datetime.combine(played.told.today, time(9), tzinfo=UTC)
    found = db.read_sync(evidence, workspace=WORKSPACE, project_id=played.project, playbook=playbook, now=now)
    assert found is not None
    return found


@pytest.mark.parametrize("variant", [None, "B", "C", "D"])
def test_the_worked_example_is_diagnosed_as_from_its_file(
    database: Database, playbook: Playbook, variant: str | None
) -> None:
    expected = diagnose(read(FILE.read_text("utf-8"), playbook.flows, variant).evidence, playbook.diagnosis)
    found = diagnose(gathered(database, playbook, variant), playbook.diagnosis)
    assert [rule.id for rule in found.rules] == [rule.id for rule in expected.rules]
    assert summary(found) == summary(expected)


def summary(found: Diagnosis) -> dict[str, object]:
    """Everything a page shows, but the people."""
    return {
        "verdict": (found.verdict, found.kind, found.provisional),
        "readiness": round(found.readiness, 6),
        "coverage": round(found.coverage, 6),
        "families": {
            n: tuple(None if x is None else round(x, 6) for x in (f.score, f.coverage, f.low, f.high))
            for n, f in found.families.items()
        },
        "gates": dict(found.gates),
        "tasks": dict(found.tasks),
        "contested": [one.id for one in found.contested],
        "must_share": found.must_share,
        "weeks": found.critical_path.weeks if found.critical_path else None,
        "indices": (found.collab, found.bpi),
    }
