"""The history of a diagnosis: numbered runs, the latest first, an override that changes no verdict."""

from dataclasses import fields, replace
from datetime import timedelta

from flows.diagnosis.result import Contested, Diagnosis, Family, Fired
from storage import diagnosis
from storage.database import Database
from tests.storage.scoping import CLAIRE, NOW, T, found

FOUND = Diagnosis(
    verdict="NO_GO",
    kind="prerequisite",
    readiness=53.406593,
    coverage=0.82,
    provisional=False,
    weights={1: 20, 2: 25, 3: 30, 4: 25},
    families={
        1: Family(score=61.25, coverage=1.0, low=61.25, high=61.25),
        2: Family(score=None, coverage=0.1, low=4.0, high=94.0),
        3: Family(score=48.0, coverage=0.7, low=33.6, high=63.6),
        4: Family(score=55.5, coverage=0.9, low=50.0, high=60.0),
    },
    indicators={},
    gates={"G1": "pass", "G2": "fail", "G3": "not_assessed"},
    rules=(
        Fired(id="R04", severity="blocking", family=4, lost=3.5),
        Fired(id="R26", severity="warning", family=3),
    ),
    contested=(Contested(id="COL03", anonymous=True, functions=("sales", "it")), Contested(id="ARB02")),
    apart=(),
    tasks={"T1": 50},
    collab=3.2,
    bpi=44.0,
    must_share=None,
    critical_path=None,
    loop=(),
    disagreed=("SPO05",),
    conditions=(),
    three_points=(),
    missing=("INC01",),
)


def keep(db: Database, project: str, what: Diagnosis = FOUND, **more: str) -> int:
    more = {"cause": "dialogue", "about": "D04", **more}
    return db.run_sync(diagnosis.record, workspace=T, project_id=project, found=what, now=NOW, **more)  # type: ignore[arg-type]


def test_a_run_is_read_back_as_it_was_found(database: Database) -> None:
    project = database.run_sync(found)
    here = {"workspace": T, "project_id": project}
    assert database.read_sync(diagnosis.latest, **here) is None
    assert keep(database, project) == 1
    run = database.read_sync(diagnosis.latest, **here)
    assert run is not None
    assert (run.number, run.at, run.cause, run.about) == (1, NOW, "dialogue", "D04")
    assert (run.verdict, run.kind, run.readiness, run.coverage) == ("NO_GO", "prerequisite", 53.406593, 0.82)
    assert run.families == FOUND.families
    assert run.gates == FOUND.gates
    assert [(rule.id, rule.severity, rule.family) for rule in run.rules] == [
        ("R04", "blocking", 4),
        ("R26", "warning", 3),
    ]
    assert run.contested == ("COL03", "ARB02")
    assert run.overridden is None


def test_the_history_is_numbered_per_project_and_comes_newest_first(database: Database) -> None:
    one, other = database.run_sync(found), database.run_sync(found, name="Other")
    for verdict in ("INSUFFICIENT", "NO_GO", "GO_CONDITIONS"):
        keep(database, one, replace(FOUND, verdict=verdict), cause="weekly", about="")
    assert keep(database, other) == 1
    runs = database.read_sync(diagnosis.history, workspace=T, project_id=one)
    assert [(run.number, run.verdict) for run in runs] == [
        (3, "GO_CONDITIONS"),
        (2, "NO_GO"),
        (1, "INSUFFICIENT"),
    ]
    assert len(database.read_sync(diagnosis.history, workspace=T, project_id=one, most=2)) == 2
    assert database.read_sync(diagnosis.history, workspace="TOTHER", project_id=one) == []


def test_an_override_is_noted_once_and_leaves_the_verdict_alone(database: Database) -> None:
    project = database.run_sync(found)
    here = {"workspace": T, "project_id": project}
    keep(database, project)
    keep(database, project)
    said = {**here, "number": 1, "by": CLAIRE, "ref": "DEC-3"}
    later = NOW + timedelta(days=1)
    assert database.run_sync(diagnosis.override, **said, reason="The board has decided.", now=later)
    assert not database.run_sync(diagnosis.override, **said, reason="On second thoughts.", now=later)
    assert not database.run_sync(diagnosis.override, **{**said, "number": 9}, reason="None such.", now=later)
    second, first = database.read_sync(diagnosis.history, **here)
    assert second.overridden is None
    assert first.verdict == "NO_GO"
    assert first.overridden == diagnosis.Overridden(
        reason="The board has decided.", by=CLAIRE, at=later, ref="DEC-3"
    )


def test_what_is_kept_has_no_place_for_a_person_but_the_sponsor_who_overrides() -> None:
    """Nothing individual: a run has figures, codes and ids, and no field that could hold who."""
    assert {field.name for field in fields(diagnosis.Run)} == {
        "number", "at", "cause", "about", "verdict", "kind", "readiness", "coverage", "families", "gates",
        "rules", "contested", "overridden",
    }  # fmt: skip
    assert {field.name for field in fields(Family)} == {"score", "coverage", "low", "high"}
