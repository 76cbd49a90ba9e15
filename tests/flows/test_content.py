"""The content that comes with the product: appendix A, checks 1, 2, 8 and 11 as far as they apply."""

import re
from collections.abc import Iterator

import pytest
from ruamel.yaml import YAML

from flows.diagnosis.first_look import RULES
from flows.dialogue.minutes import minutes
from flows.dialogue.model import Flow, Question
from flows.playbook import Playbook
from flows.playbook.loader import CRM
from flows.project import Audience
from flows.words import LANGUAGES, Words


def everything(playbook: Playbook) -> Iterator[tuple[Flow, Question]]:
    for flow in playbook.flows.values():
        for question in (*flow.questions, *flow.anonymous):
            yield flow, question


def all_words(playbook: Playbook) -> Iterator[tuple[str, Words]]:
    for flow, question in everything(playbook):
        yield from ((flow.id, words) for words in (flow.title, flow.modal, flow.intro))
        yield from ((question.id, words) for words in (question.words, question.why, question.short))
        yield from ((question.id, option.label) for option in question.options)
        yield from ((question.id, column.label) for column in question.columns)
        yield from ((question.id, option.label) for column in question.columns for option in column.options)
        yield from (
            (card.id, words) for card in question.cards for words in (card.strength, card.blind, card.guard)
        )
    yield from ((term.word.en, words) for term in playbook.glossary for words in (term.word, term.means))
    for wave in playbook.waves.values():
        yield from ((wave.id, words) for words in (wave.title, *(screen.head for screen in wave.screens)))
    yield from ((guard.id, guard.words) for guard in playbook.plan.guards)
    yield from ((route.when, route.words) for route in playbook.flows["D15"].routes)
    yield from ((id, words) for id, checks in playbook.criteria.items() for words in checks)
    yield from ((rule.id, words) for rule in playbook.rules.values() for words in (rule.words, rule.next))


#: The questions of 2.0 by prefix, and the follow-ups that `then` asks for.
NUMBERS = {
    "SET": range(1, 22), "OBJ": range(1, 13), "SPO": range(1, 11), "PRO": range(1, 10),
    "ANX": range(1, 10), "COL": range(1, 13), "BEL": range(1, 13), "INC": range(1, 9),
    "CHG": range(1, 14), "DAT": range(1, 8), "NEE": (*range(1, 5), *range(11, 18)),
    "PLA": range(1, 9), "ARB": range(1, 11), "VEN": range(1, 9), "RTE": (*range(1, 9), *range(10, 14)),
}  # fmt: skip
FOLLOWUPS = {
    "OBJ11a", "COL11a", "BEL07a", "PLA08a", "VEN05a", "VEN08a", "RTE03a", "RTE06a", "RTE08a", "RTE13a",
    *(f"ANX0{n}{letter}" for n in range(1, 7) for letter in "abcde"),
    *(f"NEE1{n}a" for n in range(1, 6)),
}  # fmt: skip


def test_the_fifteen_dialogues_are_complete(playbook: Playbook) -> None:
    assert set(playbook.flows) == {f"D{n:02}" for n in range(1, 16)}
    wanted = {f"{prefix}{n:02}" for prefix, numbers in NUMBERS.items() for n in numbers}
    assert {question.id for _, question in everything(playbook)} == wanted | FOLLOWUPS


def test_ids_are_unique(playbook: Playbook) -> None:
    ids = [question.id for _, question in everything(playbook)]
    assert len(set(ids)) == len(ids)


def test_every_word_is_there_in_both_languages_with_curly_apostrophes(playbook: Playbook) -> None:
    for where, words in all_words(playbook):
        for language in LANGUAGES:
            text = words.in_(language)
            assert text.strip(), where
            assert "'" not in text, (where, text)
            assert "\u00a0" not in text, "no-break spaces are added on rendering"
            assert "\u202f" not in text, "no-break spaces are added on rendering"


def test_titles_and_options_fit_slack(playbook: Playbook) -> None:
    for flow, question in everything(playbook):
        assert max(map(len, (flow.modal.en, flow.modal.fr))) <= 24
        for option in question.options:
            assert max(map(len, (option.label.en, option.label.fr))) <= 75, (question.id, option.value)
        if question.kind in ("single", "multi"):
            assert len(question.options) <= 10, question.id
    for flow in playbook.flows.values():
        for screen in flow.screens:
            assert screen.title is not None
            assert max(map(len, (screen.title.en, screen.title.fr))) <= 24, screen.key


def test_screens_are_short(playbook: Playbook) -> None:
    for flow in playbook.flows.values():
        for screen in flow.screens:
            here = {question.id for question in screen.questions}
            at_first = [q for q in screen.questions if not any(c.question in here for c in q.show_if)]
            assert len(at_first) <= 5, screen.key
            alone = [q for q in at_first if q.kind in ("long_text", "rows", "ranking", "points100", "moscow")]
            assert not alone or len(at_first) == 1 or flow.id == "D01", screen.key


def test_anonymous_questions_stand_on_no_screen(playbook: Playbook) -> None:
    for flow in playbook.flows.values():
        named = {question.id for screen in flow.screens for question in screen.questions}
        assert not named & {question.id for question in flow.anonymous}
    assert [q.id for q in playbook.flows["D03"].anonymous] == ["SPO06", "SPO07"]


@pytest.mark.parametrize(
    ("flow", "roles", "stated"),
    [("D01", ("facilitator",), 20), ("D01", ("lead",), 1), ("D03", ("sponsor",), 5), ("D03", ("lead",), 1)],
)
def test_stated_minutes_are_never_below_the_rule(
    playbook: Playbook, flow: str, roles: tuple[str, ...], stated: int
) -> None:
    asked = [q for q in playbook.flows[flow].questions if set(roles) & set(q.audience.roles)]
    assert minutes(asked) <= stated


def test_the_minutes_of_d02_are_those_before_and_after_the_workshop(playbook: Playbook) -> None:
    flow = playbook.flows["D02"]
    everybody = Audience(roles=("team_all",))
    before = [q for q in flow.questions if q.audience == everybody and q.part is None]
    before.append(next(q for q in flow.questions if q.id == "OBJ10"))
    after = [q for q in flow.questions if q.audience == everybody and q.part and not q.show_if]
    assert (minutes(before), minutes(after)) == (5, 1)
    assert flow.minutes >= minutes(before) + minutes(after)


def test_every_profile_has_its_card(playbook: Playbook) -> None:
    steering = playbook.flows["D01"].question("SET08")
    assert steering is not None
    assert {card.value for card in steering.cards} == {option.value for option in steering.options}
    assert {card.id for card in steering.cards} == {"LP0", "LP1", "LP2", "LP3", "LP4"}


def test_the_groups_outside_the_team_are_restricted(playbook: Playbook) -> None:
    groups = playbook.flows["D01"].question("SET21")
    assert groups is not None
    assert groups.visibility == "restricted"
    assert groups.idk_owner == "lead"


def test_the_first_look_finds_its_rules_among_the_sixty_nine(playbook: Playbook) -> None:
    assert set(playbook.rules) == {f"R{n:02}" for n in range(1, 70)}
    assert set(RULES) < set(playbook.rules)


def test_rules_named_in_a_text_exist(playbook: Playbook) -> None:
    for where, words in all_words(playbook):
        for id in re.findall(r"\bR\d\d\b", words.en + words.fr):
            assert id in playbook.rules, where


def test_the_words_of_the_product_are_explained(playbook: Playbook) -> None:
    assert len(playbook.glossary) == 20
    assert {term.word.fr for term in playbook.glossary} >= {"Cadrage", "Pilote", "Arbitre", "Enjeu"}
    assert playbook.labels["agree"][0].en == "Not at all"
    assert playbook.no_answer == Words("No answer", "Sans réponse")


def test_choices_of_columns_belong_to_a_column_and_choices_of_followups_are_asked(playbook: Playbook) -> None:
    """Appendix A, 1."""
    shared = YAML(typ="safe").load((CRM / "words.yaml").read_text(encoding="utf-8"))
    columns = {key for _, q in everything(playbook) for c in q.columns for key in (c.key, f"{q.id}.{c.key}")}
    assert set(shared["column_options"]) <= columns
    asked = [tuple(option.value for option in question.options) for _, question in everything(playbook)]
    for options in shared["followup_options"].values():
        assert tuple(str(value) for value, _, _ in options) in asked


def test_no_text_states_a_failure_figure(playbook: Playbook) -> None:
    """Appendix A, 12: the 60 % of failures has no primary source."""
    for where, words in all_words(playbook):
        for text in (words.en.lower(), words.fr.lower()):
            assert not ("60" in text and ("fail" in text or "éch" in text)), where


def test_what_is_restricted_is_marked_so(playbook: Playbook) -> None:
    asked = dict(everything_by_id(playbook))
    hidden = {id for id, question in asked.items() if question.visibility == "restricted"}
    pay = {id for id in asked if id.startswith(("INC", "ANX03"))}
    assert hidden == pay | {"SET21", "ANX08", "CHG09", "RTE06", "RTE06a", "RTE12"}
    assert asked["RTE12"].seen_by == ("facilitator",)


def everything_by_id(playbook: Playbook) -> Iterator[tuple[str, Question]]:
    return ((question.id, question) for _, question in everything(playbook))


def test_criteria_have_three_checks_each(playbook: Playbook) -> None:
    assert {id: len(checks) for id, checks in playbook.criteria.items()} == {f"K{n}": 3 for n in range(1, 6)}


def test_content_files_are_plain_utf8_without_tabs() -> None:
    for file in CRM.glob("*.yaml"):
        assert "\t" not in file.read_text(encoding="utf-8"), file.name
