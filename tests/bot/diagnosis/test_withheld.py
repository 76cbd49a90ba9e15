"""What somebody has answered for themselves gives nothing away before its dialogue has closed (0.6)."""

import re

from bot.diagnosis.picture import Reader, draw
from bot.diagnosis.quotes import read
from bot.words.text import words
from storage import register
from tests.bot.diagnosis.corvanne import Corvanne, Example
from tests.bot.surfaces.stage import CLAIRE, ELODIE, MARC, WORKSPACE, flat

OWN = frozenset({"D02", "D03", "D04", "D11", "D13"})
LATER = "non montré avant la clôture de « Portage par la direction »"


def titles(case: Corvanne) -> list[str]:
    """The open points the diagnosis has raised."""
    kept = case.town.parts.db.read_sync(
        register.records, workspace=WORKSPACE, project_id=case.id, kinds=("issue",), roles=None
    )
    return [one.title.en for one in kept if one.source == "diagnosis"]


async def all_of_it(case: Corvanne, user: str) -> str:
    """The card, all advice, and how it is worked out."""
    person = await case.town.person(user).runs("/cadrage diag")
    card, said = person.heard, [person.told]
    button = re.search(r"Tous les conseils : \d+ lignes?|Tous les conseils : \d+ ligne", person.told)
    assert button is not None
    for label in (button[0], "D’où cela vient-il ?"):
        await person.presses(label, on=card)
        said.append(person.reads)
    return "\n".join(said)


async def test_no_page_of_the_diagnosis_shows_an_answer_of_an_open_dialogue(example: Example) -> None:
    base = example(left_open=OWN)
    base.works_out()
    for user in (CLAIRE, MARC, ELODIE):
        seen = await all_of_it(base, user)
        for rule in ("R07", "R08", "R16", "R19", "R20", "R21", "R53", "R54", "R64"):
            assert f"{rule} —" not in seen, rule
        assert "❔ Portage : pas encore évalué" in seen
        assert "❔ Projet transverse : pas encore évalué" in seen
        assert flat("Ni lues ni montrées avant la clôture, les réponses de chacun à :") in seen
        assert flat(f"Projet transverse suivi au sommet (poids 15) : {LATER}") in seen
        assert "Objectifs expliqués de la même façon" not in re.findall(r"En débat : .*", seen)[0]
    assert not [title for title in titles(base) if "Goals explained" in title or title[:3] in {"R07", "R54"}]


async def test_at_the_closing_it_is_said(example: Example) -> None:
    base = example(left_open=OWN)
    base.works_out()
    before = await all_of_it(base, ELODIE)
    for flow in OWN:
        base.closes(flow)
    base.works_out()
    seen = await all_of_it(base, ELODIE)
    assert "R07 —" not in before
    assert "R07 —" in seen
    assert flat("Préparation 51/100") in seen
    assert "Ni lues ni montrées" not in seen
    assert "Agree on: Goals explained in the same way" in titles(base)


async def test_neutral_words_stand_in_place_of_an_answer_and_nothing_for_who_may_not_read_it(
    example: Example,
) -> None:
    base = example(left_open=frozenset({"D03"}))
    picture = base.town.parts.db.read_sync(
        draw, parts=base.town.parts, project=base.project, now=base.town.clock.now()
    )
    leader, member = Reader(roles=frozenset({"lead", "team"})), Reader(roles=frozenset({"team"}))
    w = words("en")
    assert read(w, picture, "SPO09", leader).endswith("not shown until “Sponsorship” closes")
    assert read(w, picture, "INC02", leader)
    assert read(w, picture, "INC02", member) == ""
