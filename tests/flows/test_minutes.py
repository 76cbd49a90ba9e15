"""Minutes: what was decided with its number, votes as figures without names, closed doors kept closed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from flows.document.markdown import markdown
from flows.document.minutes import Facts, minutes
from flows.project import Cast
from flows.register.model import Kept
from flows.words import Words
from flows.workshop.ballot import Item, Line, Option, Result
from flows.workshop.model import Card, Deed, Participant, Workshop
from flows.workshop.outcomes_model import Held
from flows.workshop.script import BallotKind, Method, Script, Step

NOW = datetime(2026, 2, 18, 9, tzinfo=UTC)
METHODS: tuple[Method, ...] = ("write", "dots", "fist", "close")


def facts(script: str = "W06", *results: Result, cards: tuple[Card, ...] = (), **more: Any) -> Facts:
    play = Script(
        id=script, title=Words("Needs", "Besoins"), goal=Words("x", "x"), needs=(), who="team",
        roles=("team",), decides=True, minutes=60, close=Words("x", "x"), outputs=Words("x", "x"),
        steps=tuple(
            Step(number=n, minutes=5, hours=2, method=method, words=Words(f"Step {n}", f"Étape {n}"),
                 sealed=method == "write" and script == "W04")
            for n, method in enumerate(METHODS, start=1)
        ),
    )  # fmt: skip
    trail = tuple(Deed(what="step", at=NOW, step=n) for n in (1, 2, 3, 4))
    workshop = Workshop(
        id="w1", workspace="T1", project_id="p1", number=1, script=script, mode="live", facilitator="U-FAC",
        channel="C1", planned_by="U-FAC", trail=more.pop("trail", trail), state="ended",
        people=(Participant(user="U-SAM", seat="here"), Participant(user="U-ANN", seat="cannot")),
    )  # fmt: skip
    held = Held(
        workshop=workshop, script=play, cards=cards, results=results, cast=Cast(), today=date(2026, 2, 18)
    )
    given: dict[str, Any] = {"held_on": date(2026, 2, 18), "records": (), **more}
    return Facts(held=held, names={"U-FAC": "Élodie", "U-PAUL": "Paul"}, **given)


def result(step: int, kind: BallotKind, *lines: Line, **more: Any) -> Result:
    given: dict[str, Any] = {"attempt": 1, "voters": 8, "n": 7, "abstained": 1, "verdict": "settled", **more}
    return Result(number=step, step=step, kind=kind, lines=lines, **given)


def line(text: str, outcome: str = "kept", **more: Any) -> Line:
    options = more.pop("options", ())
    given: dict[str, Any] = {"n": 7, "counts": {}, **more}
    return Line(item=Item(id=text, words=Words.same(text), options=options), outcome=outcome, **given)


def kept(kind: Any, number: int, title: str, **more: Any) -> Kept:
    return Kept(kind=kind, number=number, title=Words.same(title), created_at=NOW, **more)


def both(found: Facts) -> tuple[str, str]:
    document = minutes(found)
    return markdown(document, "en"), markdown(document, "fr")


def test_each_record_stands_with_its_number_owner_and_date_and_where_it_came_from() -> None:
    records = (
        kept("decision", 6, "The board is carried", source="W06.3", item="decision"),
        kept("issue", 11, "Who pays?", owner="U-PAUL", due=date(2026, 3, 4), source="W06.1", item="c1"),
        kept("need", 4, "See calls", source="NEE01"),
    )
    cards = (
        Card(id="c1", step=1, kind="idea", text="Who pays?"),
        Card(id="c2", step=1, kind="idea", text="Later"),
        Card(id="c3", step=1, kind="row", text="", fields={"need": "See calls", "why": ""}),
    )  # fmt: skip
    en, fr = both(facts("W06", cards=cards, records=records))
    assert "# Minutes of W06 Needs" in en
    assert "live. Facilitated, without a vote, by Élodie. Took part: 1." in en
    assert "- DEC-6 The board is carried" in en
    assert "ISS-11 Who pays? · Paul · " in en
    assert "**Also recorded**" in en
    assert "- ISS-11 Who pays?\n- Later" in en
    assert "- See calls" in en
    assert "**Décidé**" in fr
    assert "## W06.1 Étape 1" in fr
    assert "W06.4" not in en  # the closing is no section


def test_what_is_only_proposed_is_not_said_to_be_decided() -> None:
    records = (
        kept("decision", 5, "The board", source="W06.3", status="accepted"),
        kept("decision", 8, "The lead drives", source="SET08", status="proposed"),
    )
    en, fr = both(facts("W06", records=records))
    assert "**Decided**\n\n- DEC-5 The board\n\n**Still to be confirmed**\n\n- DEC-8 The lead drives" in en
    assert "**Encore à confirmer**" in fr


def test_a_line_that_became_a_record_is_written_once_and_decisions_stand_in_their_order() -> None:
    cards = (Card(id="c1", step=1, kind="row", text="See calls"),)
    records = (
        kept("decision", 10, "The board", source="W06.3"),
        kept("decision", 5, "Needs sorted", source="W06.3"),
        kept("need", 1, "See calls", source="W06.1", item="c1"),
    )  # fmt: skip
    en, _ = both(facts("W06", cards=cards, records=records))
    short, steps = en.split("## W06.1")
    assert short.index("DEC-5") < short.index("DEC-10")
    assert steps.count("REQ-1 See calls") == 1


def test_votes_are_figures_without_names_in_words_of_both_languages() -> None:
    option = Option(value="required", words=Words("Required", "Exigé"))
    poles = Item(id="ARB01", words=Words("Soon", "Vite"), second=Words("Whole", "Complet"))
    slider = Line(item=poles, outcome="differ", n=3, counts={"1": 2, "5": 1})
    results = (
        result(2, "dots", line("One", figure=5), line("Two", "out", figure=1)),
        result(2, "grid", line("One", "do_now", figure=4.5, second=2), line("None", "", n=0)),
        result(2, "points", line("Ease", "30", figure=30, counts={"lowest": 0, "highest": 50})),
        result(2, "points", line("Cost", "0", n=0)),
        result(2, "sliders", slider),
        result(2, "choice", line("K1", "required", counts={"required": 5, "x": 0}, options=(option,))),
        result(2, "moscow", line("REQ", "split", counts={"M": 3, "S": 4})),
        result(3, "fist", line("The text", "passed", counts={"3": 2, "4": 5}), indicative=True),
        result(3, "fist", verdict="empty"),
    )
    en, fr = both(facts("W06", *results))
    assert "| One | 5 dots | kept |" in en
    assert "| Two | 1 dot | not kept |" in en
    assert "| Two | 1 point | non retenu |" in fr
    assert "| One | effect 4.5, effort 2 | do now |" in en
    assert "| One | effet 4,5, effort 2 |" in fr
    assert "3 Can live with it: 2 · 4 Support: 5 | carried |" in en
    assert "| K1 | Exigé : 5 | Exigé |" in fr
    assert "must: 3 · should: 4 | split |" in en
    assert "| Ease | de 0 à 50 | 30 |" in fr
    assert "| Cost | — | 0 |" in en
    assert "| Vite ↔ Complet | ← 2 · 0 · 0 · 0 · 1 → | désaccord |" in fr
    assert "| Sujet | Voix | Résultat |" in fr
    assert "Adopté. 7 sur 8 ont voté. Indicatif : sans quorum." in fr
    assert "Nobody voted." in en
    assert "**Without quorum" in en


def test_minutes_announce_no_vote_that_did_not_come() -> None:
    alone = facts("W06", result(3, "fist", line("The text", "objected"), verdict="again"))
    assert "Not carried; no second vote was held." in both(alone)[0]
    first = result(3, "fist", line("The text", "objected"), verdict="again")
    followed = facts("W06", first, replace(first, number=9, attempt=2, verdict="settled"))
    assert "Pas adopté ; un second vote a suivi." in both(followed)[1]
    without = facts("W06", result(3, "fist", line("The text"), verdict="failed", indicative=True))
    assert "arbiter" not in both(without)[0]
    assert "7 of 8 voted. Indicative: without quorum." in both(without)[0]


def test_what_only_the_facilitator_reads_is_in_no_minutes() -> None:
    """W10: the note in people's own words (RTE12)."""
    found = facts("W10", cards=(Card(id="c1", step=1, kind="idea", text="First the contacts"),))
    steps = (replace(found.held.script.steps[0], private=True), *found.held.script.steps[1:])
    assert "First the contacts" in both(found)[0]
    found = replace(found, held=replace(found.held, script=replace(found.held.script, steps=steps)))
    assert "First the contacts" not in both(found)[0]


def test_behind_closed_doors_only_what_came_of_it_is_written() -> None:
    cards = (
        Card(id="c1", step=1, kind="idea", text="My boss listens in"),
        Card(id="c2", step=1, kind="parked", text="Secret"),
    )
    dots = result(
        2,
        "dots",
        line("No measuring", figure=5),
        line("A private word", "out", figure=1),
        line("Nobody chose this"),
    )
    en, _ = both(facts("W04", dots, cards=cards))
    assert "No measuring" in en
    for hidden in ("My boss", "Secret", "A private word", "Nobody chose this"):
        assert hidden not in en
    assert "What was said stays there" in en


def test_what_was_put_aside_and_what_pleases_stand_at_the_end_and_an_early_end_is_said() -> None:
    cards = (
        Card(id="c1", step=1, kind="parked", text="Mondays"),
        Card(id="c2", step=1, kind="pleased", text="We talked"),
    )  # fmt: skip
    trail = (Deed(what="step", at=NOW, step=1), Deed(what="stopped", at=NOW, step=1))
    found = facts("W03", cards=cards, trail=trail, held_on=None)
    en, _ = both(found)
    assert "- Mondays" in en
    assert "\n## Put aside for later\n" in en
    assert "- We talked" in en
    assert "ended before its last step" in en
    assert "Nothing was decided or left open." in en
    assert "Nothing was put on the table." in en
    assert "## W03.2" not in en
    assert both(replace(found, held=replace(found.held, cards=())))[0].count("##") == 2
