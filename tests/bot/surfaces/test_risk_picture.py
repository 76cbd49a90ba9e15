"""The open risks as a picture: asked for under the grid, sent in private, with the same in words."""

import re
import struct
from datetime import UTC, date, datetime

import pytest

from bot.register import picture
from bot.register.fields import LEVELS
from bot.words.drawing import png
from bot.words.text import words
from flows.register.matrix import matrix
from flows.register.model import Kept
from flows.words import Language, Words
from tests.bot.surfaces.stage import BOREAL, INES, Town, flat
from tests.bot.surfaces.test_records_by_hand import project, records


def risk(number: int, likelihood: int, impact: int) -> Kept:
    return Kept(
        kind="risk", number=number, title=Words.same("R"), created_at=datetime(2026, 11, 1, tzinfo=UTC),
        fields={"likelihood": likelihood, "impact": impact},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ["Open risks", "9 risks", "Likelihood →", "5 Very high", "Critical (15–25)", "Low (1–4)"]),
     ("fr", ["Risques en cours", "9 risques", "Probabilité →", "5 Très élevé", "Critique (15–25)"])],
)  # fmt: skip
def test_the_picture_says_in_words_what_its_colours_mean(language: Language, said: list[str]) -> None:
    w = words(language)
    risks = [risk(1, 5, 5), *(risk(n, 3, 3) for n in range(2, 10))]
    drawing = picture.svg(w, matrix(risks), [w(one) for one in LEVELS.values()], date(2026, 11, 23))
    texts = [flat(text) for text in re.findall(r">([^<>]+)</text>", drawing)]
    for words_ in said:
        assert any(words_ in text for text in texts), (words_, texts)
    assert {"RSK-1", "RSK-2", "RSK-6", "+ 3"} <= set(texts), "a full cell says how many more there are"
    assert "RSK-7" not in texts
    content = png(drawing)
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (picture.WIDTH, picture.HEIGHT)
    assert len(content) > 40_000, "its letters are in it, from the fonts of the package"


async def test_the_picture_is_sent_in_private_with_the_same_in_words(place: Town) -> None:
    project(place)
    for line, likelihood in (("L’export est incomplet", "4"), ("Nord est racheté", "2")):
        await records(place.person(INES), f"risk {line}", family="1", likelihood=likelihood, impact="4")
    ines = await place.person(INES).runs("/cadrage RSK-1")
    await ines.presses("Risques")
    await ines.presses("En image")
    assert ines.sees("L’image arrive")
    place.delivers()
    (sent,) = place.to(INES, "risk_picture")
    file = sent.message.file
    assert file is not None
    assert (file.name, file.title) == ("risques-2026-01-12.png", "Risques en cours de Boréal")
    assert file.content.startswith(b"\x89PNG")
    assert flat("Critique : RSK-1 (4 × 4)") in flat(sent.message.text)
    assert place.to(BOREAL, "risk_picture") == []
