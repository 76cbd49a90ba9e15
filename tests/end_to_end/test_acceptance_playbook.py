"""Acceptance points 6 and 11: who steers and what that brings, and what nobody knows. 7: test_plan.py."""

from flows.playbook import Playbook
from flows.register.model import Kept
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import PEOPLE, Company
from tests.end_to_end.founding import COMPANY, ID, KEY_PEOPLE, creates, founded, someone

BEFORE = ("OBJ01", "OBJ03", "OBJ04")  # what Hugo and Thomas are asked before OBJ06, screen by screen


async def test_acceptance_06_who_steers_shows_strengths_and_blind_spots_at_once_and_loses_nothing(
    company: Company, playbook: Playbook
) -> None:
    profiles = {card.value: card for card in playbook.flows["D01"].by_id["SET08"].cards}
    async with someone(company, "elodie", playbook) as elodie:
        await creates(elodie, company)
        for values in (COMPANY, KEY_PEOPLE):
            await elodie.fills_in(playbook.flows["D01"], values)
            await elodie.sends()
        await elodie.fills({"Inès Rahmani works in": "marketing"})
        typed_before: set[str] = set()
        for steers, other in (("business", "it"), ("it", "business")):
            await elodie.chooses("dialogue.choose:SET08", steers)
            await elodie.sees(profiles[steers].strength.en, profiles[steers].blind.en)
            assert profiles[other].blind.en not in await elodie.reads()
            assert await typed(elodie, f":{ID['ines']}:function") == "marketing"
            if "SET09" in typed_before:
                assert await typed(elodie, "q:SET09:") == "arbiter"
            await elodie.fills_in(playbook.flows["D01"], {"SET09": ["arbiter"]})
            typed_before.add("SET09")


async def typed(who: Colleague, block: str) -> str:
    """What a choice of the form says now."""
    for id, fields in (await who.modal())["state"]["values"].items():
        for state in fields.values():
            if block in id:
                one = state.get("selected_option") or (state.get("selected_options") or [{}])[0]
                return str(one.get("value"))
    raise AssertionError(f"no field {block}: {await who.reads()}")


async def test_acceptance_11_two_who_do_not_know_make_one_open_point_without_a_name(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    for n, key in enumerate(("hugo", "thomas"), start=1):
        async with someone(company, key, playbook) as who:
            await does_not_know(who)
        (point,) = points(company)
        assert (point.owner, point.asked_by) == (PEOPLE["marc"]["user"], n)
        assert not point.respondent
        assert not any(PEOPLE[one]["user"] in repr(point) for one in ("hugo", "thomas"))
    async with someone(company, "marc", playbook) as marc:
        await marc.channel("#boreal")
        await marc.runs("/cadrage todo")
        await marc.clicks("register.open")
        await marc.sees(point.ref, point.title.en)
        said = await marc.reads()
        assert "Hugo" not in said
        assert "Thomas" not in said


async def does_not_know(who: Colleague) -> None:
    """ "I don't know" on OBJ06; what comes before is outside their scope."""
    await who.opens("Goals")
    while "OBJ06" not in (asked := await who.asked()):
        assert set(asked) <= {*BEFORE}, asked
        for id in asked:
            await who.leaves(id, "outside")
        await who.sends()
    await who.leaves("OBJ06", "unknown")
    await who.sees("is noted. It becomes an open point for Marc Delorme (project lead)", "without your name")


def points(company: Company) -> list[Kept]:
    return [one for one in company.records("issue") if one.source == "OBJ06"]
