"""Stories of D01 to D15 as data, played by the pure core: what people see and what is recorded."""

from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from flows.dialogue.engine import current, path, progress
from flows.dialogue.model import Case
from flows.dialogue.turn import Problem, Turn
from flows.playbook import Playbook
from flows.words import Words
from tests.flows.stage import BOREAL, EMPTY, Stage

STORIES = Path(__file__).parent.parent / "stories"


def read(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


PEOPLE = {name: person["user"] for name, person in read(STORIES / "people.yaml").items()}
FILES = sorted(STORIES.glob("d*.yaml"))


def plain(value: Any) -> Any:
    """A story's value as Slack would send it: people as ids, dates as text."""
    match value:
        case str() if value.startswith("@"):
            return PEOPLE[value[1:]]
        case date():
            return value.isoformat()
        case list():
            return [plain(one) for one in value]
        case dict():
            return {key: plain(one) for key, one in value.items()}
    return value


class Teller:
    """Plays one story, step by step, and says where it went otherwise than told."""

    def __init__(self, playbook: Playbook, story: dict[str, Any]) -> None:
        cast = {"boreal": BOREAL, "empty": EMPTY}[story["cast"]]
        register = {
            kind: tuple(
                Case(ref=one["ref"], title=Words.same(one["title"]), fields=plain(one.get("fields", {})))
                for one in records
            )
            for kind, records in story.get("register", {}).items()
        }
        self.stage = Stage(
            playbook=playbook, flow_id=story["flow"], cast=cast, today=story["today"],
            parts=frozenset(story.get("parts", ())), elsewhere=story.get("elsewhere", {}),
            facts=story.get("facts", {}), register=register,
        )  # fmt: skip

    def plays(self, step: dict[str, Any]) -> None:
        who = PEOPLE[step["who"]]
        turn = self.does(who, step)
        for what, expected in step.get("expect", {}).items():
            getattr(self, f"expect_{what}")(who, turn, expected)
        refused = {"problem", "warning", "consequences"} & set(step.get("expect", {}))
        if turn is not None and not refused and step["does"] != "finish":
            assert turn.accepted, turn
            assert self.again(who, step), "the same event twice changes nothing more"

    def does(self, who: str, step: dict[str, Any]) -> Turn | None:
        stage, confirmed = self.stage, step.get("confirmed", False)
        match step["does"]:
            case "submit":
                return stage.submits(who, step["screen"], confirmed, **plain(step["values"]))
            case "exit":
                return stage.exits(who, step["question"], step["exit"], confirmed)
            case "back":
                return stage.answers_after_all(who, step["question"])
            case "finish":
                return stage.finishes(who)
            case "wait":
                stage.today += timedelta(days=step["days"])
            case "send":
                stage.parts |= {step["part"]}
            case "close":
                stage.closed = True
        return None

    def again(self, who: str, step: dict[str, Any]) -> bool:
        """Sent again it changes nothing, and at most asks for the follow-up it has opened."""
        before = self.memory()
        turn = self.does(who, step)
        assert turn is not None
        found = [self.stage.flow.question(problem.question) for problem in turn.problems]
        followups = all(question is not None and question.show_if for question in found)
        return (turn.accepted or (bool(found) and followups)) and before == self.memory()

    def memory(self) -> Any:
        """What is kept, without the marks of optional questions that were passed."""
        said = {key: one for key, one in self.stage.rows.items() if one.given or one.exit}
        return said, dict(self.stage.records), deepcopy(self.stage.amended)

    def expect_screen(self, who: str, turn: Turn, expected: str | None) -> None:
        screen = current(self.stage.flow, self.stage.sheet(who))
        assert (screen.key if screen else None) == expected

    def expect_progress(self, who: str, turn: Turn, expected: str) -> None:
        found = progress(self.stage.flow, self.stage.sheet(who))
        assert f"{found.done} of {found.total}" == expected

    def expect_finished(self, who: str, turn: Turn, expected: bool) -> None:
        assert (who in self.stage.complete) == expected

    def expect_problem(self, who: str, turn: Turn, expected: dict[str, str]) -> None:
        assert said(turn.problems) == expected

    def expect_warning(self, who: str, turn: Turn, expected: dict[str, str]) -> None:
        assert said(turn.warnings) == expected

    def expect_consequences(self, who: str, turn: Turn, expected: dict[str, list[str]]) -> None:
        (found,) = turn.consequences
        for name, wanted in expected.items():
            items = getattr(found, name)
            assert [item if isinstance(item, str) else item.en for item in items] == wanted

    def expect_records(self, who: str, turn: Turn, expected: list[dict[str, Any]]) -> None:
        for wanted in expected:
            found = [d for d in self.stage.kept(wanted["kind"]) if d.title.en == wanted["title"]]
            assert len(found) == 1, (wanted["title"], self.stage.titles(wanted["kind"]))
            for name in wanted.keys() - {"kind", "title"}:
                value = PEOPLE[wanted[name]] if name == "owner" and wanted[name] else wanted[name]
                assert getattr(found[0], name) == value, (wanted["title"], name)

    def expect_amended(self, who: str, turn: Turn, expected: dict[str, dict[str, Any]]) -> None:
        for ref, fields in expected.items():
            assert {name: self.stage.amended[ref].get(name) for name in fields} == plain(fields), ref

    def expect_asks(self, who: str, turn: Turn, expected: dict[str, str]) -> None:
        asked = {q.id: q for s in path(self.stage.flow, self.stage.sheet(who)) for q in s.questions}
        assert {id: asked[id].words.en for id in expected} == expected

    def expect_silent(self, who: str, turn: Turn, expected: list[str]) -> None:
        asked = {q.id for s in path(self.stage.flow, self.stage.sheet(who)) for q in s.questions}
        assert not asked & set(expected)

    def expect_gone(self, who: str, turn: Turn, expected: list[dict[str, Any]]) -> None:
        for wanted in expected:
            assert wanted["title"] not in self.stage.titles(wanted["kind"])

    def expect_unknown(self, who: str, turn: Turn, expected: dict[str, dict[str, Any]]) -> None:
        for question, wanted in expected.items():
            for name, value in wanted.items():
                found = getattr(self.stage.unknowns[question], name)
                assert found == (PEOPLE[value] if name == "owner" else value), (question, name)

    def expect_roles(self, who: str, turn: Turn, expected: dict[str, str | None]) -> None:
        for role, name in expected.items():
            assert self.stage.cast.holders.get(role) == (PEOPLE[name] if name else None), role

    def expect_project(self, who: str, turn: Turn, expected: dict[str, Any]) -> None:
        assert {key: self.stage.project[key] for key in expected} == plain(expected)


def said(problems: tuple[Problem, ...]) -> dict[str, str]:
    return {problem.question: problem.words.en for problem in problems}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_story_goes_as_told(playbook: Playbook, file: Path) -> None:
    story = read(file)
    teller = Teller(playbook, story)
    for number, step in enumerate(story["steps"], start=1):
        try:
            teller.plays(step)
        except AssertionError as error:
            raise AssertionError(
                f"{file.name}, step {number} ({step['who']} {step['does']}): {error}"
            ) from error
