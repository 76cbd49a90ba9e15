"""The pictures of documents with little and with a lot in them: each in its frame, with the same in words."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from flows.dialogue.results import Bar
from flows.document import figures
from flows.document.facts import Weighed
from flows.document.figures_effort import effort
from flows.document.model import Figure
from flows.document.svg import folded
from flows.playbook import Playbook
from flows.words import LANGUAGES, Language, Words
from tests.flows.test_note import record
from tests.flows.test_note_sections import part

LONG = "Reprendre les devis, les appels d’offres et tout ce que trois services ont gardé chacun de son côté"
HOSTILE = '<script>x</script> & "quoted" \x00 \u202e'


def sound(figure: Figure) -> None:
    """It parses, says something, and no shape leaves the sheet."""
    for language in LANGUAGES:
        assert figure.alt.in_(language)
        inside(figure, language)


def inside(figure: Figure, language: Language) -> None:
    root = ElementTree.fromstring(figure.drawing.in_(language))  # noqa: S314 - ours
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for shape in root.iter():
        at = shape.attrib
        if shape.tag.endswith("rect"):
            x, y = float(at.get("x", 0)), float(at.get("y", 0))
            assert x >= 0 <= y
            assert x + float(at["width"]) <= width + 0.01
            assert y + float(at["height"]) <= height + 0.01
        elif shape.tag.endswith("circle"):
            assert float(at["cx"]) + float(at["r"]) <= width
        elif shape.tag.endswith("text"):
            assert -7 <= float(at["y"]) <= height


@pytest.mark.parametrize("many", [1, 6, 40])
def test_lots_and_tasks_are_in_their_frame_few_or_many(many: int) -> None:
    first = date(2026, 3, 2)
    lots = [
        record("lot", n, LONG, due=first + timedelta(days=7 * n + 1),
               fields={"start": (first + timedelta(days=n)).isoformat()})
        for n in range(1, many + 1)
    ]  # fmt: skip
    drawn = figures.timeline(lots, [lot.title for lot in lots])
    assert drawn is not None
    sound(drawn)
    tasks = [(f"TSK-{n}", Words.same(LONG), float(n - 1), 1.0) for n in range(1, many + 1)]
    sound(figures.path(tasks, [ref for ref, *_ in tasks[::2]], float(many)))
    assert figures.path(tasks, ["TSK-1"], float(many)).drawing.en.count("<path") == 1


@pytest.mark.parametrize("many", [1, 12])
def test_benefits_are_in_their_frame(many: int) -> None:
    bars = [Bar(label=Words.same(LONG), count=1, mean=float(n)) for n in range(1, many + 1)]
    sound(figures.benefits(bars))


def test_what_was_weighed_stands_on_a_grid_each_with_its_number() -> None:
    names = ("Sales steps", "Systems", LONG, HOSTILE, *(f"Project {n}" for n in range(12)))
    places = ((5, 1), (1, 5), (3.5, 2.5), (3.5, 2.5), *((3, 3),) * 12)
    found = effort([
        Weighed(ref=f"SID-{n}", name=Words.same(name), impact=impact, effort=cost)
        for n, (name, (impact, cost)) in enumerate(zip(names, places, strict=True), 1)
    ])  # fmt: skip
    sound(found)
    assert found.alt.en.startswith("1. Sales steps: effect 5, effort 1; 2. Systems: effect 1, effort 5; 3. ")
    assert "effet 3,5, effort 2,5" in found.alt.fr
    assert "<script>" not in found.drawing.en
    centres = re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', found.drawing.en)
    assert len(set(centres)) == len(names), "none hides another"


def test_the_note_draws_what_was_weighed_but_not_pay(playbook: Playbook) -> None:
    """SID-3 is restricted, and about pay; ANX03 is the topic of it."""
    places = [
        Weighed(ref=ref, name=Words.same(ref), impact=4, effort=2)
        for ref in ("SID-1", "SID-3", "ANX02", "ANX03")
    ]
    shown = part(playbook, "N09", weighed=tuple(places))
    assert "Picture: 1. SID-1: effect 4, effort 2; 2. ANX02: effect 4, effort 2" in shown
    assert "SID-3" not in shown
    assert "ANX03" not in shown
    assert "Effect and effort" not in part(playbook, "N09")


@pytest.mark.parametrize(
    ("said", "lines"),
    [("short", ("short",)), ("two words here", ("two words", "here")), ("unbreakable", ("unbreakabl", "e")),
     ("far too long for two lines of ten", ("far too", "long for …"))],
)  # fmt: skip
def test_a_name_stands_on_two_lines_at_most(said: str, lines: tuple[str, ...]) -> None:
    assert folded(said, 10) == lines
