"""`/cadrage diag` as each reader sees it: the verdict, families, gates, advice, and what is not for them."""

import json
import re
from datetime import timedelta

import pytest

from bot.words.text import words
from tests.bot.diagnosis.corvanne import THOMAS, Example
from tests.bot.surfaces.stage import CLAIRE, ELODIE, INES, JEANNE, MARC, SOFIA, flat

RESTRICTED = ("R10", "R34", "R35", "R36", "R43")


async def test_the_facilitator_reads_the_whole_of_it(example: Example) -> None:
    base = example()
    elodie = await base.town.person(ELODIE).runs("/cadrage diag")
    read = elodie.told
    assert "Boréal — Feu vert sous conditions. Préparation 51/100." in read
    for line in (
        "🟡 Solution : à renforcer (65)", "🟠 Organisation et culture : faible (48)",
        "🟠 Humain : faible (48)", "🟡 Démarche : à renforcer (57)", "🟠 Collaboration : sous condition",
        "✅ Quelqu’un tranche : acquis",
    ):  # fmt: skip
        assert flat(line) in read, line
    assert len(set(re.findall(r"R\d\d —", read))) == 5
    assert "R34 — La rémunération pousse à ne pas partager." in read
    assert "culture de collaboration : environ 40 sur 100, au moins 5 réponses" in read
    assert "Donner sans retour (les avis sont partagés)" in read
    assert "Tous les conseils : 37 lignes" in read


async def test_the_chart_stands_beside_the_same_facts_in_words(example: Example) -> None:
    elodie = await example().town.person(ELODIE).runs("/cadrage diag")
    kinds = [block["type"] for block in elodie.heard["blocks"]]
    assert kinds.count("data_visualization") == 1
    chart = elodie.heard["blocks"][kinds.index("data_visualization")]["chart"]
    drawn = {point["label"]: point["value"] for point in chart["series"][0]["data"]}
    assert drawn == {"Solution": 65, "Organisation": 48, "Humain": 48, "Démarche": 57}
    for figure in drawn.values():
        assert f"({figure})" in flat(elodie.heard["text"])


@pytest.mark.parametrize("user", [CLAIRE, MARC, ELODIE])
async def test_sponsor_lead_and_facilitator_read_what_is_restricted(example: Example, user: str) -> None:
    base = example()
    person = await base.town.person(user).runs("/cadrage diag")
    await person.presses("Tous les conseils : 37 lignes", on=person.heard)
    assert "R34" in person.reads
    assert "R43" in person.reads


async def test_the_team_reads_it_without_what_is_restricted_and_without_indices(example: Example) -> None:
    base = example()
    base.settles()
    sofia = await base.town.person(SOFIA).runs("/cadrage diag")
    assert "Go, with conditions. Readiness 51/100." in sofia.told
    assert "collaboration culture, from 5 answers" in sofia.told
    assert "about 40" not in sofia.told
    card = sofia.heard
    lines = re.search(r"All advice: \d+ lines", sofia.told)
    assert lines
    await sofia.presses(lines[0], on=card)
    for rule in RESTRICTED:
        assert rule not in sofia.reads, rule
    await sofia.presses("How is this worked out?", on=card)
    assert "Collaboration culture (weight 30): read, without a figure below 10 answers" in sofia.reads
    assert "Incentives aligned (weight 20): confidential" in sofia.reads


async def test_hr_reads_what_is_theirs_in_the_teams_version(example: Example) -> None:
    base = example()
    base.settles()
    thomas = await base.town.person(THOMAS).runs("/cadrage diag")
    assert "R34 — Pay pushes people not to share." in thomas.told
    assert "about 40" not in thomas.told


async def test_21_with_four_answers_nothing_is_shown_of_an_index(example: Example) -> None:
    few = example("C")
    elodie = await few.town.person(ELODIE).runs("/cadrage diag")
    read = elodie.told
    assert "provisoire" in read
    assert "65 % seulement des réponses attendues" in read
    assert "Humain : à renforcer (55, entre 23 et 78)" in read
    assert "❔ Collaboration : pas encore évalué" in read
    assert "pas assez de réponses" in read
    await elodie.presses("D’où cela vient-il ?", on=elodie.heard)
    assert "Culture de collaboration (poids 30) : pas assez de réponses" in elodie.reads
    assert "Légèreté des craintes (poids 25) : pas assez de réponses" in elodie.reads


@pytest.mark.parametrize(
    ("variant", "verdict", "readiness", "rules"),
    [
        (None, "GO_CONDITIONS", 51, 37),
        ("D", "GO", 86, 1),
        ("B", "NO_GO", 81, 3),
        ("C", "GO_CONDITIONS", 56, 27),
    ],
)
async def test_each_case_of_the_worked_example_shows_its_verdict(
    example: Example, variant: str | None, verdict: str, readiness: int, rules: int
) -> None:
    case = example(variant)
    claire = await case.town.person(CLAIRE).runs("/cadrage diag")
    label = case.town.parts.playbook.diagnosis.labels[verdict].fr
    assert flat(f"{label}. Préparation {readiness}/100") in claire.told
    lines = words("fr").plural("All advice: {n} line", "All advice: {n} lines", rules)
    assert flat(lines) in claire.told


async def test_structural_no_go_is_said_once(example: Example) -> None:
    blocked = example("B")
    claire = await blocked.town.person(CLAIRE).runs("/cadrage diag")
    assert claire.told.count("Suspendez la phase de choix") == 2  # on the message, and in its text
    assert "⛔ Collaboration : non acquis" in claire.told


async def test_a_stranger_reads_nothing(example: Example) -> None:
    base = example()
    jeanne = base.town.person(JEANNE)
    await jeanne.runs("/cadrage diag")
    assert "51" not in jeanne.told
    assert "Boréal" not in jeanne.told


async def test_the_team_waits_while_nothing_has_been_told(example: Example) -> None:
    base = example()
    ines = await base.town.person(INES).runs("/cadrage diag")
    assert "un jour ouvré après son prochain calcul" in ines.told
    assert "51/100" not in ines.told


async def test_a_sponsor_far_from_the_team_is_told_to_sponsor_and_facilitator_first(example: Example) -> None:
    base = example()
    base.works_out()
    lines = {}
    for user in (CLAIRE, ELODIE, MARC):
        person = await base.town.person(user).runs("/cadrage diag")
        lines[user] = re.findall(r"Tous les conseils : (\d+) lignes", person.told)[0]
    assert lines == {CLAIRE: "37", ELODIE: "37", MARC: "36"}
    base.town.until(base.town.clock.at + timedelta(days=2))
    marc = await base.town.person(MARC).runs("/cadrage diag")
    assert "Tous les conseils : 37 lignes" in marc.told


async def test_an_advice_opens_what_waits_already_before_anything_else_it_reads(example: Example) -> None:
    """R37 reads Support (D09), which is closed, and the neutral person of the set-up, which is open."""
    elodie = await example().town.person(ELODIE).runs("/cadrage diag")
    await elodie.presses("Tous les conseils : 37 lignes", on=elodie.heard)
    pressed = re.findall(r'"action_id": ?"([a-z.]+:R37)"', json.dumps(elodie.modal))
    assert pressed == ["dialogue.open:R37"]
