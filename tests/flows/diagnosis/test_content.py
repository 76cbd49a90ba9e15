"""The content of the diagnosis: what is wrong is said with file and line; appendix A, checks 4 and 5."""
# ruff: noqa: E501  one mistake a line reads as a table

import re
import shutil
from itertools import chain, combinations
from pathlib import Path

import pytest

from flows.diagnosis import gates, tasks
from flows.diagnosis.indicators import INDICATORS, READS
from flows.diagnosis.rules import CONDITIONS
from flows.playbook import ContentErrors, Playbook, load
from flows.playbook.loader import CRM
from flows.words import LANGUAGES, Words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CRM, tmp_path / "crm")
    return tmp_path / "crm"


def said(folder: Path, file: str, before: str, after: str) -> tuple[str, ...]:
    """What loading says once the file has been changed."""
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ContentErrors) as raised:
        load(folder)
    return raised.value.sentences


RULES = [
    ("id: R05", "id: R99", "rule R99 has no function in flows/diagnosis."),
    ("id: R05", "id: R04", "rule R04 is written twice."),
    ("id: R05", "id: R04", "the words of rule R05 are missing."),
    ("limits: {share: 0.3}", "limits: {portion: 0.3}", "rule R06 compares with the figure “share”, which is missing from its limits."),
    ("limits: {share: 0.3}", "limits: {portion: 0.3}", "rule R06 compares with no figure called “portion”."),
    ("    raised: blocking\n", "", "the condition of rule R53 has a worse half: it needs “raised”."),
    ("id: R02\n    fam: 1\n    sev: high\n", "id: R02\n    fam: 1\n    sev: high\n    raised: blocking\n", "the condition of rule R02 has no worse half: take “raised” away."),
    ("indicators: [I1.6]", "indicators: [I1.9]", "no indicator is called I1.9."),
    ("owner: sponsor", "owner: king", "“king” is not a role."),
    ('    done_fr: "K1 ou K2 est exigé ou souhaité"\n', "", "rule R02 can become a condition: it needs done_en and done_fr."),
    ("sev: warning", "sev: bad", "“sev”: input should be 'info', 'warning', 'high' or 'blocking'."),
]  # fmt: skip


DIAGNOSIS = [
    ("id: I1.1, fam: 1, weight: 16", "id: I1.1, fam: 1, weight: 17", "the weights of family 1 make 101, not 100."),
    ("id: I1.1", "id: I9.9", "indicator I9.9 has no function in flows/diagnosis."),
    ("id: T7", "id: T6", "task T6 is written twice."),
    ("id: G5", "id: G4", "the words of gate G5 are missing."),
    ("owner: facilitator", "owner: chef", "“chef” is not a role."),
    ("    owner: lead\n    en: \"Goals before tools\"", "    owner: chef\n    en: \"Goals before tools\"", "“chef” is not a role."),
    ("{most: 60}", "{least: 60}", "task T5 compares with the figure “most”, which is missing from its limits."),
    ("{felt: 50}", "{felt: 50, seen: 3}", "gate G2 compares with no figure called “seen”."),
    ("  enough: 0.4\n", "", "the verdict compares with the figure “enough”, which is missing from its limits."),
    ("weights: {1: 10, 2: 30, 3: 35, 4: 25}", "weights: {1: 11, 2: 30, 3: 35, 4: 25}", "the weights of the families make 101, not 100."),
    ("weights: {1: 10, 2: 30, 3: 35, 4: 25}", "weights: {1: 10, 2: 30, 3: 60}", "“weights” has one line for each of the four families."),
    ("  4: [\"Approach\", \"Démarche\"]\n", "", "“families” has one line for each of the four families."),
    ("plus: 2, minus: 1, points: 5", "plus: 2, minus: 1, points: 20", "together these shifts leave a family without any weight."),
    ("min: 70", "min: 40", "bands go from the highest to the one that starts at 0."),
    ("min: 0, code", "min: 5, code", "bands go from the highest to the one that starts at 0."),
    ("question: SET05, in: [\"directive\"]", "question: SET05, in: [\"royal\"]", "SET05 has no choice royal."),
    ("question: SET05", "question: SET95", "SET95 has no choice directive."),
    ("CHG01: {all: 100", "CHG91: {all: 100", "an indicator reads CHG91, which no dialogue asks."),
    ("CHG01: {all: 100", "CHG91: {all: 100", "CHG01 needs a score from 0 to 100 for each of its choices."),
    ("{all: 100,", "{all: 101,", "“all”: input should be less than or equal to 100."),
    ("  NO_GO: [\"No go for now\", \"Feu rouge pour l’instant\"]\n", "", "“NO_GO” is missing."),
    ("  pass: [\"Passed\"", "  passed: [\"Passed\"", "“passed” is not a known key."),
]  # fmt: skip


Mistake = tuple[str, str, str]


def rounds(mistakes: list[Mistake]) -> list[list[Mistake]]:
    """The mistakes in as few files as can hold them: loading is what takes time. What the shape refuses
    hides everything else, so that it goes alone."""
    found: list[list[Mistake]] = [[], []]
    for mistake in mistakes:
        hides = (
            "input should" in mistake[2]
            or "is not a known key" in mistake[2]
            or mistake[2].endswith("” is missing.")
        )
        fits = (
            one
            for one in found[2:]
            if all(mistake[0] not in other[0] + other[1] and other[0] not in mistake[0] for other in one)
        )
        if hides:
            found[0].append(mistake)
        elif (home := next(fits, None)) is not None:
            home.append(mistake)
        else:
            found.append([mistake])
    return [one for one in found if one]


FILES = [
    (file, one)
    for file, all_ in (("rules.yaml", RULES), ("diagnosis.yaml", DIAGNOSIS))
    for one in rounds(all_)
]


@pytest.mark.parametrize(("file", "mistakes"), FILES)
def test_mistakes_are_said_with_file_and_line(folder: Path, file: str, mistakes: list[Mistake]) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    for before, after, _ in mistakes:
        assert before in text
        text = text.replace(before, after, 1)
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(ContentErrors) as raised:
        load(folder)
    for _, _, sentence in mistakes:
        where = re.compile(rf"{re.escape(file)}(, line \d+[^:]*)?: .*{re.escape(sentence)}$", re.DOTALL)
        assert any(where.search(one) for one in raised.value.sentences), (sentence, raised.value.sentences)


def test_an_option_that_lost_its_score_is_said(folder: Path) -> None:
    sentences = said(folder, "D03.yaml", '"Chaque semaine", 100]', '"Chaque semaine"]')
    assert sentences == ("diagnosis.yaml: SPO04 needs a score from 0 to 100 for each of its choices.",)


def test_a_score_above_100_is_said(folder: Path) -> None:
    sentences = said(folder, "D03.yaml", '"Chaque semaine", 100]', '"Chaque semaine", 120]')
    assert sentences == ("diagnosis.yaml: SPO04 needs a score from 0 to 100 for each of its choices.",)


def test_an_indicator_reads_questions_that_exist(folder: Path) -> None:
    text = (folder / "D11.yaml").read_text(encoding="utf-8").replace("NEE16", "NEE26")
    (folder / "D11.yaml").write_text(text, encoding="utf-8")
    plan = (folder / "plan.yaml").read_text(encoding="utf-8").replace("NEE16", "NEE26")
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    with pytest.raises(ContentErrors, match="an indicator reads NEE16, which no dialogue asks"):
        load(folder)


def test_the_shipped_weights_and_thresholds(playbook: Playbook) -> None:
    """Appendix A, 4."""
    model = playbook.diagnosis
    for family in (1, 2, 3, 4):
        assert sum(gauge.weight for gauge in model.indicators.values() if gauge.family == family) == 100
    assert model.weights == {1: 10, 2: 30, 3: 35, 4: 25}
    for shifts in chain.from_iterable(combinations(model.shifts, n) for n in range(5)):
        assert sum(shift.points for shift in shifts) == 5 * len(shifts), "what one family gains another loses"
    assert [band.minimum for band in model.bands] == [70, 50, 35, 0]
    assert model.limits == {
        "enough": 0.4, "no_go": 50, "weak_family": 35, "weak_families": 2, "go": 70, "go_family": 50,
        "provisional": 0.7, "function_answers": 3, "pair_gap": 2,
    }  # fmt: skip


def test_everything_computed_carries_its_id(playbook: Playbook) -> None:
    """Formulas and conditions are named functions whose first words are their id."""
    named = {**INDICATORS, **tasks.TASKS, **gates.GATES}
    for id, function in named.items():
        assert (function.__doc__ or "").startswith(f"{id} "), id
    for id, condition in CONDITIONS.items():
        if id not in ("R26", "R27", "R28", "R29", "R30", "R31", "R33"):
            assert (condition.fires.__doc__ or "").startswith(f"{id}:"), id
    assert set(READS) == set(INDICATORS) == set(playbook.diagnosis.indicators)


def all_words(playbook: Playbook) -> list[tuple[str, Words]]:
    model = playbook.diagnosis
    found = [
        (id, words)
        for id, rule in model.rules.items()
        for words in (rule.words, rule.next, rule.done)
        if words
    ]
    found += [
        (id, one.words) for part in (model.indicators, model.tasks, model.gates) for id, one in part.items()
    ]
    found += [(id, gate.done) for id, gate in model.gates.items()]
    found += [(shift.question, shift.words) for shift in model.shifts]
    found += [(band.code, band.words) for band in model.bands]
    for part in (model.labels, model.texts, model.message, model.standings):
        found += list(part.items())
    return found + [(str(number), words) for number, words in model.families.items()]


def test_words_are_there_in_both_languages_with_curly_apostrophes(playbook: Playbook) -> None:
    """Appendix A, 5 and 11."""
    for where, words in all_words(playbook):
        for language in LANGUAGES:
            text = words.in_(language)
            assert text.strip(), where
            assert "'" not in text, (where, text)
            assert "\u00a0" not in text, "no-break spaces are added on rendering"
        marks = [sorted(re.findall(r"\{[a-z_]+\}", words.in_(language))) for language in LANGUAGES]
        assert marks[0] == marks[1], where


def test_what_a_rule_names_exists(playbook: Playbook) -> None:
    known = {q.id for flow in playbook.flows.values() for q in (*flow.questions, *flow.anonymous)}
    sections = {f"N{n:02}" for n in range(1, 26)}
    named = known | set(playbook.flows) | {f"W{n:02}" for n in range(1, 13)} | sections | set(CONDITIONS)
    for where, words in all_words(playbook):
        for id in re.findall(r"\b(?:[A-Z]{3}\d\d|[DWNR]\d\d)\b", words.en + " " + words.fr):
            assert id in named, (where, id)
