"""Acceptance points 34 and 35 through the sandbox: a decision that is replaced, a reminder that is put off or
stopped; and two who decide one case in the same second. The sponsor's digest belongs to issue 5."""

import asyncio
from datetime import date, timedelta

from flows.dialogue.effects import Draft
from flows.playbook import Playbook
from flows.words import Words
from storage import life
from tests.end_to_end.company import CHANNEL, PEOPLE, WORKSPACE, Company
from tests.end_to_end.founding import sets_up, someone

OLD, NEW = "We keep the old tool until lot 2", "We change at once"
POINT = "Who owns the contact records?"


async def test_acceptance_34_a_replaced_decision_stays_readable_and_only_its_authority_replaces_it(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    people = [someone(company, who, playbook) for who in ("elodie", "marc", "ines", "claire")]
    async with people[0] as elodie, people[1] as marc, people[2] as ines, people[3] as claire:
        await sets_up(elodie, company)
        await marc.channel(f"#{CHANNEL}")
        await marc.runs(f"/cadrage decision {OLD}")
        await marc.opened()
        await marc.fills(
            {"reason": "Nothing else is ready", "stands": "accepted", "decided_by": PEOPLE["claire"]["user"]}
        )
        await marc.submits()
        await marc.sees("is recorded", within=10)
        old = company.records("decision")[-1].ref
        for who, reason in ((ines, "I would rather"), (claire, "The export is ready")):
            await who.channel(f"#{CHANNEL}")
            await who.runs(f"/cadrage {old}")
            await who.opened()
            await who.clicks("Replace")
            await who.opened()
            await who.fills({"title": NEW, "reason": reason})
            await who.submits()
            await company.passes(minutes=2)
            kept = {one.ref: one.status for one in company.records("decision")}
            if who is ines:
                assert kept[old] == "accepted", "what Inès wants is a proposal to whoever may"
        await claire.puts_down()
        await claire.channel(f"#{CHANNEL}")
        new = next(one.ref for one in company.records("decision") if one.status == "accepted")
        await claire.sees(f"{old} {OLD} · replaced", within=15)
        await claire.runs(f"/cadrage {new}")
        await claire.sees(f"Replaces {old}", within=10)
        await claire.puts_down()
        await claire.runs(f"/cadrage {old}")
        await claire.sees(OLD, "Replaced by", within=10)


async def test_acceptance_35_an_overdue_reminder_is_put_off_or_stopped_and_three_is_the_most(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    async with someone(company, "elodie", playbook) as elodie:
        await sets_up(elodie, company)
    day = working_day((await company.now()).date() + timedelta(days=1))
    refs = [issue(company, title, day) for title in (POINT, "Who trains the north?")]
    async with someone(company, "ines", playbook) as ines:
        await company.until(day)
        await ines.dm()
        await ines.sees(*refs, "reminder 1 of 3", within=30)
        await ines.chooses(f"item.menu:{refs[0]}", "Stop reminding me of this")
        await ines.sees(f"No more reminders for {refs[0]}", within=10)
        await ines.chooses(f"item.menu:{refs[1]}", "Tomorrow")
        await ines.sees(f"No reminder for {refs[1]} before", within=10)
        for _ in range(20):
            day = working_day(day + timedelta(days=1))
            await company.until(day)
        said = await ines.dm()
    assert [said.count(f"reminder {n} of 3") for n in (1, 2, 3, 4)] == [2, 1, 1, 0], said
    async with someone(company, "elodie", playbook) as elodie:
        await elodie.puts_down()
        await elodie.home()
        await elodie.sees(refs[0], "reminders of it are stopped", within=15)


async def test_two_decide_one_case_in_the_same_second(company: Company, playbook: Playbook) -> None:
    await company.office_hours()
    people = [someone(company, who, playbook) for who in ("elodie", "marc", "ines", "claire", "sofia")]
    async with (
        people[0] as elodie,
        people[1] as marc,
        people[2] as ines,
        people[3] as claire,
        people[4] as sofia,
    ):
        await sets_up(elodie, company)
        await marc.channel(f"#{CHANNEL}")
        await marc.runs(f"/cadrage arbitrate {POINT}")
        await marc.opened()
        await marc.fills({
            "proposal": "One list", "mine": "Two lists are two truths.", "others": [PEOPLE["ines"]["user"]],
            "consequence": "Both lists are moved.",
        })  # fmt: skip
        await marc.submits()
        await ines.dm()
        await ines.sees("TRD-1", within=15)
        await ines.clicks("arbitration.not")
        await claire.dm()
        await claire.sees("TRD-1", within=15)
        await claire.chooses("arbitration.menu", "Delegate this one")
        await claire.opened()
        await claire.fills({"who": PEOPLE["sofia"]["user"]})
        await claire.submits()
        await claire.puts_down()
        await sofia.dm()
        await sofia.sees("TRD-1", within=15)
        for who in (claire, sofia):
            await who.clicks("arbitration.decide")
            await who.opened()
            await who.fills({
                "option": "p1", "reason": f"{who.who} says: one list is one truth.",
                "loss": "Marketing loses its own list.",
            })  # fmt: skip
        await asyncio.gather(claire.submits(), sofia.submits())
        made = [one for one in company.records("decision") if one.source == "arbitration"]
        assert len(made) == 1
        first = str(made[0].fields["reason"]).partition(" ")[0]
        late = sofia if first == "claire" else claire
        await late.sees("has settled TRD-1 already", f"{late.who} says: one list is one truth.", within=10)


def working_day(day: date) -> date:
    """This one, or the Monday after."""
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def issue(company: Company, title: str, due: date) -> str:
    """An open point of Inès's."""
    draft = Draft(kind="issue", item=title, title=Words.same(title), owner=PEOPLE["ines"]["user"], due=due)
    made = company.puts(
        life.make, workspace=WORKSPACE, project_id=company.project.id, draft=draft, by="",
        now=company.project.created_at,
    )  # fmt: skip
    return made.ref
