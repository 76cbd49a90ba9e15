"""Who belongs to which audience (0.2)."""

from flows.playbook.build import audience
from flows.project import Audience, Cast, Member
from flows.roles import ASKED_OF, asked_of
from flows.words import Words
from tests.flows.stage import BOREAL, CLAIRE, ELODIE, HUGO, INES, MARC, NADIA, PAUL, SOFIA, THOMAS


def test_the_team_is_everybody_but_sponsor_facilitator_expert_and_coach() -> None:
    assert BOREAL.people("team") == (MARC, INES, PAUL, SOFIA, HUGO, NADIA, THOMAS)
    assert BOREAL.people("team_all") == (*BOREAL.people("team"), CLAIRE)
    assert BOREAL.people("front") == (MARC, INES, PAUL, HUGO, NADIA)
    assert BOREAL.people("it") == (SOFIA,)
    assert BOREAL.people("coach") == ()


def test_an_audience_may_leave_a_role_out() -> None:
    assert audience("team minus lead") == Audience(roles=("team",), minus=("lead",))
    assert MARC not in BOREAL.audience(audience("team minus lead"))
    assert BOREAL.audience(audience("sponsor, lead")) == (CLAIRE, MARC)
    assert asked_of(audience("sponsor, lead")) == Words(
        "the sponsor and the project lead", "au sponsor et au pilote du projet"
    )


def test_the_arbiter_is_the_sponsor_by_default() -> None:
    assert Cast(holders={"sponsor": CLAIRE}).holder("arbiter") == CLAIRE


def test_what_a_person_is_in_a_project() -> None:
    assert BOREAL.roles_of(CLAIRE) == {"sponsor", "arbiter", "team_all", "management"}
    assert BOREAL.roles_of("USTRANGER") == frozenset()
    assert BOREAL.function_of(HUGO) == "sales"
    assert BOREAL.function_of(ELODIE) is None
    assert set(BOREAL.everybody()) == {MARC, CLAIRE, INES, PAUL, SOFIA, HUGO, NADIA, THOMAS, ELODIE}


def test_a_lead_who_is_on_no_line_of_the_team_still_belongs_to_it() -> None:
    cast = Cast(holders={"lead": MARC}, members=(Member(user=HUGO),))
    assert cast.people("team") == (HUGO, MARC)


def test_every_role_has_words_in_both_languages() -> None:
    assert all(words.en and words.fr for words in ASKED_OF.values())
    assert {"lead", "team", "attendees"} <= set(ASKED_OF)
