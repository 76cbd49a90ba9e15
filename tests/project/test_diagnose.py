"""`cadrage diagnose`: the worked example through the command line, in JSON and in words; malformed files."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.project.checkout import ROOT

CORVANNE = str(ROOT / "flows" / "diagnosis" / "fixture" / "corvanne.yaml")
KEYS = [
    "verdict", "kind", "readiness", "coverage", "weights", "families", "indicators", "gates", "rules",
    "collab", "bpi", "must_share", "critical_path", "contested", "tasks",
]  # fmt: skip


def cadrage(*command: str) -> Result:
    return CliRunner().invoke(main, ["diagnose", *command])


#: By variant: verdict, kind, readiness, how many rules.
CASES: dict[str, tuple[str, str | None, float, int]] = {
    "": ("GO_CONDITIONS", None, 51.46, 37), "D": ("GO", None, 85.90, 1),
    "B": ("NO_GO", "structural", 81.40, 3), "C": ("GO_CONDITIONS", None, 55.65, 27),
}  # fmt: skip


@pytest.mark.parametrize("variant", CASES)
def test_the_worked_example_as_json(variant: str) -> None:
    verdict, kind, readiness, rules = CASES[variant]
    said = cadrage(CORVANNE, "--json", *(["--variant", variant] if variant else []))
    assert said.exit_code == 0
    found: dict[str, Any] = json.loads(said.stdout)
    assert list(found) == KEYS
    assert (found["verdict"], found["kind"]) == (verdict, kind)
    assert found["readiness"] == pytest.approx(readiness, abs=0.005)
    assert (found["collab"] is None) == (found["bpi"] is None) == (variant == "C")
    assert len(found["rules"]) == rules
    assert set(found["rules"][0]) == {"id", "severity"}
    assert list(found["families"]) == list(found["weights"]) == ["1", "2", "3", "4"]
    assert set(found["families"]["2"]) == {"score", "coverage", "low", "high"}
    assert set(found["indicators"]["I2.3"]) == {"value", "coverage"}
    assert found["critical_path"] == {"tasks": [1, 4, 5, 6], "weeks": 18}
    assert list(found["tasks"]) == [f"T{n}" for n in range(1, 8)]


def test_one_line_a_file() -> None:
    lines = cadrage(CORVANNE, CORVANNE, "--json").stdout.splitlines()
    assert len(lines) == 2
    assert lines[0] == lines[1]


@pytest.mark.parametrize(
    ("language", "verdict", "advice"),
    [("en", "Go, with conditions", "R34 — Pay pushes people not to share."),
     ("fr", "Feu vert sous conditions", "R34 — La rémunération pousse à ne pas partager.")],
)  # fmt: skip
def test_in_words(language: str, verdict: str, advice: str) -> None:
    said = cadrage(CORVANNE, "--language", language)
    assert said.exit_code == 0
    assert f"Corvanne Froid — {verdict}" in said.stdout
    assert advice in said.stdout
    assert "p3" not in said.stdout, "nobody is named by an anonymous answer"


def test_a_malformed_file_says_which_key_and_why_and_the_others_are_read(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("fixture: {people: {p1: {role: boss}}}", encoding="utf-8")
    said = cadrage(str(bad), CORVANNE, "--json")
    assert said.exit_code == 2
    assert "people.p1.role: should be one of sponsor, lead, member, and is “boss”." in said.stderr
    assert json.loads(said.stdout)["verdict"] == "GO_CONDITIONS"


@pytest.mark.parametrize(
    ("content", "why"), [(b"\xff\xfe", "this is not UTF-8 text"), (b"a: [", "this is not valid YAML")]
)
def test_a_file_that_cannot_be_read_exits_2(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "file.yaml"
    file.write_bytes(content)
    for path in (str(file), str(tmp_path / "nowhere.yaml")):
        said = cadrage(path)
        assert said.exit_code == 2
        assert said.stdout == ""
    assert why in cadrage(str(file)).stderr


def test_an_unknown_variant_exits_2() -> None:
    said = cadrage(CORVANNE, "--variant", "Z")
    assert said.exit_code == 2
    assert "there is no variant “Z”; there is D, B, C" in said.stderr
