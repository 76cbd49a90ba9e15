"""The four families over time: a picture for the mail, and the same in words."""

from datetime import UTC, datetime, timedelta

from bot.digest import picture
from bot.words.drawing import png
from bot.words.text import words
from flows.diagnosis.result import Family
from flows.playbook import Playbook
from storage.diagnosis import Run

START = datetime(2026, 2, 2, 6, 0, tzinfo=UTC)


def run(n: int, *scores: float | None, verdict: str = "NO_GO", hours: int = 0) -> Run:
    families = {
        at: Family(score=score, coverage=1.0, low=0.0, high=100.0) for at, score in enumerate(scores, start=1)
    }
    return Run(
        number=10 * n + hours,
        at=START + timedelta(weeks=n, hours=hours), cause="weekly", about="", verdict=verdict,  # type: ignore[arg-type]
        kind=None, readiness=50.0, coverage=1.0, families=families, gates={}, rules=(), contested=(),
        overridden=None,
    )  # fmt: skip


def test_the_last_of_each_day_from_the_first_to_the_last(playbook: Playbook) -> None:
    runs = [
        run(1, 60.2, 48.0, None, 57.0), run(2, 61.0, 47.0, None, 57.0),
        run(2, 65.4, 48.0, 30.0, 57.0, hours=3), run(0, 1.0, 1.0, 1.0, 1.0, verdict="INSUFFICIENT"),
    ]  # fmt: skip
    found = picture.families(words("en"), list(reversed(runs)), playbook.diagnosis.families)
    assert found is not None
    assert found.alt == (
        "Mon 9 Feb to Mon 16 Feb: Solution from 60 to 65, Organisation and culture from 48 to 48, "
        "Approach from 57 to 57"
    )
    assert "People" not in found.svg, "one figure is no line"
    assert png(found.svg).startswith(b"\x89PNG")
    french = picture.families(words("fr"), runs, playbook.diagnosis.families)
    assert french is not None
    assert "Démarche de 57 à 57" in french.alt


def test_nothing_to_compare_is_no_picture(playbook: Playbook) -> None:
    for runs in ([], [run(1, 60.0, 48.0, 50.0, 57.0)], [run(n, None, None, None, None) for n in (1, 2)]):
        assert picture.families(words("en"), runs, playbook.diagnosis.families) is None
