"""Who reads a step: those who are in it; what of a vote everybody of the channel may read."""

from dataclasses import replace

import pytest

from flows.playbook import Playbook
from flows.words import Words
from flows.workshop.ballot import Item, Line, Result
from flows.workshop.model import Participant, Workshop
from flows.workshop.reading import apart, chosen, published, within
from flows.workshop.script import BallotKind

GUEST = Participant(user="U-GUEST", guest=True, vote=False)


def held(script: str, *people: Participant) -> Workshop:
    return Workshop(
        id="w1", workspace="T1", project_id="p1", number=1, script=script, mode="live", facilitator="U-FAC",
        channel="C1", planned_by="U-FAC", people=people,
    )  # fmt: skip


def result(step: int, kind: BallotKind, outcomes: tuple[str, ...]) -> Result:
    lines = tuple(
        Line(item=Item(id=f"i{n}", words=Words.same(f"Text {n}")), n=3, counts={}, figure=2, outcome=outcome)
        for n, outcome in enumerate(outcomes)
    )
    return Result(
        number=1, step=step, kind=kind, attempt=1, voters=3, n=3, abstained=0, verdict="settled", lines=lines
    )  # fmt: skip


@pytest.mark.parametrize(
    ("script", "step", "kind", "outcomes", "read"),
    [
        ("W02", 4, "dots", ("kept", "out"), 2),  # everybody is in it
        ("W12", 3, "dots", ("kept", "out"), 1),  # the sponsor comes later: what was chosen
        ("W11", 4, "grid", ("do_now", "plan", "leave"), 1),
        ("W11", 5, "fist", ("passed",), 1),  # the rules, which the sponsor is to sign
        ("W04", 4, "dots", ("kept", "out"), 1),
    ],
)
def test_of_what_some_have_written_without_the_others_everybody_reads_what_was_chosen(  # noqa: PLR0917 - a row of the table
    playbook: Playbook, script: str, step: int, kind: BallotKind, outcomes: tuple[str, ...], read: int
) -> None:
    found, one = result(step, kind, outcomes), playbook.workshops[script]
    assert len(chosen(one, found)) == read
    assert published(one, held(script, GUEST), found) == chosen(one, found), "visitors matter where they come"


def test_a_visitor_reads_nothing_of_what_the_team_says_once_they_have_left(playbook: Playbook) -> None:
    script = playbook.workshops["W09"]
    step, found = script.step(6), result(6, "levels", ("seen", "claimed"))
    visited, alone = held("W09", GUEST), held("W09", replace(GUEST, guest=False))
    assert published(script, visited, found) == ()
    assert published(script, alone, found) == found.lines
    assert published(script, visited, replace(found, step=2)) == found.lines
    assert apart(script, visited, step)
    assert not apart(script, alone, step)
    assert not apart(script, visited, script.step(2))
    assert not within(script, step)
