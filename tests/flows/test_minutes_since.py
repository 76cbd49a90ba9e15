"""W12 in its minutes: what was promised last time and what became of it, then what else has changed."""

from dataclasses import replace
from datetime import date

from flows.document.minutes import Facts
from flows.document.minutes_since import Since
from flows.words import Words
from tests.flows.test_minutes import both, facts, kept

DAY = date(2026, 1, 20)


def test_what_was_promised_stands_with_what_became_of_it() -> None:
    slow = kept("action", 3, "Remove: slow access", owner="U-PAUL", due=date(2026, 3, 4))
    since = Since(
        day=DAY,
        promised=(
            (slow, "in_progress"),
            (replace(slow, number=4, title=Words.same("Remove: two lists")), "done"),
            (kept("issue", 9, "Not changed yet: meetings"), "open"),
        ),
        replies=((Words("Pulse", "Baromètre"), "Two days are free."),),
        granted=(kept("decision", 7, "Nobody is measured"),),
        closed=(kept("issue", 2, "Who pays?"),),
    )
    en, fr = both(facts("W12", since=since))
    assert "## W12.4" not in en, "the step of this script is another"
    en, fr = both(fourth(since))
    assert "Since 20 January 2026." in en
    assert "- ACT-3 Remove: slow access: in progress · Paul · " in en
    assert "- ACT-4 Remove: two lists: done\n" in en, "of what is over neither owner nor date"
    assert "- ISS-9 Not changed yet: meetings : en cours" in fr
    assert "- Baromètre : Two days are free." in fr
    assert "- DEC-7 Nobody is measured" in en
    assert "- ISS-2 Who pays?" in en


def test_where_nothing_has_changed_the_minutes_say_so() -> None:
    en, fr = both(fourth(Since(day=DAY)))
    assert "Nothing has been closed or answered since." in en
    assert "Rien n’a été réglé depuis" in fr


def fourth(since: Since) -> Facts:
    """W12 with a fourth step that is no closing."""
    found = facts("W12", since=since)
    last = replace(found.held.script.steps[-1], method="talk")
    play = replace(found.held.script, steps=(*found.held.script.steps[:-1], last))
    return replace(found, held=replace(found.held, script=play))
