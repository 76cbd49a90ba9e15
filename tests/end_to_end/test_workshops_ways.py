"""W03 and W05 from their command to their minutes, live and in the channel: gaps, and what opens beside."""

from datetime import timedelta
from pathlib import Path

import pytest

from flows.playbook import Playbook
from tests.end_to_end.workshop_people import company_meeting
from tests.end_to_end.workshop_record import ID, Left


@pytest.mark.parametrize(("mode", "language"), [("live", "fr"), ("async", "en")])
async def test_w03_confronts_planned_and_lived_and_finds_owners_for_the_gaps(
    tmp_path: Path, playbook: Playbook, mode: str, language: str
) -> None:
    async with company_meeting(tmp_path, playbook, language) as w03:
        facilitator, people, left = w03.facilitator, w03.people, Left(room=w03.room)
        known = await w03.known("gap", "Two lists of customers", fields={"step": "Contact", "severity": 3})
        await facilitator.prepares("W03")
        await facilitator.opens(mode)
        await people.puts_in("paul", "After the sale nobody knows who calls")
        await facilitator.next()
        await people.lines(
            "marc",
            {"step": "Offer", "planned": "In the tool", "lived": "By mail", "gap": "Offers leave by mail",
             "outside": "Customers want them the same day", "severity": 4, "risk": "Two prices go out",
             "owner": ID["marc"]},
            {"step": "Order", "planned": "Signed", "lived": "Signed", "severity": 1},
        )  # fmt: skip
        done = await people.puts_in("ines", {"step": "Lead"})
        assert done["errors"], "what is needed of a line is asked for"
        await facilitator.next()
        await people.puts_in("nadia", "Between the offer and the order")
        await facilitator.next()
        await people.vote({"GAP-2": 1, known.ref: 1})
        await facilitator.next()
        await people.lines(
            "sofia",
            {"gap": "GAP-2", "risk": "Mail stays a habit", "owner": ID["ines"], "annex": "Rework the offer"},
            {"gap": known.ref, "annex": "Clean the lists"},
        )  # fmt: skip
        await facilitator.next()
        await people.support(4)
        await facilitator.next()
        await people.press("marc", "workshop.done")
        await facilitator.next()
        assert w03.room.workshop.state == "ended"

        (offers,) = left.made("gap", "Offers leave by mail")
        assert (offers.owner, offers.fields["severity"], offers.source) == (ID["ines"], 4, "W03.2")
        assert offers.fields["outside"] == "Customers want them the same day"
        assert offers.fields["first"]
        assert offers.fields["annex"] == "Rework the offer"
        (lists,) = left.of("gap", "", "Two lists of customers")
        assert lists.fields["agreed_in"] == "W03.5"
        prices, habit = left.made("risk", "Two prices go out", "Mail stays a habit")
        assert (prices.status, prices.source, prices.owner) == ("proposed", "W03.2", ID["marc"])
        assert (habit.source, habit.owner, habit.fields["serves"]) == ("W03.5", ID["ines"], "GAP-2")
        (nobody,) = left.made("issue", "Owner and date to be found: Two lists of customers")
        assert nobody.source == "W03.5"
        (picture,) = left.made("decision", "We work from this picture of planned and lived")
        assert picture.fields["distribution"]["4"] == 7, "whoever is not invited has no vote"
        left.all_checked()
        await left.in_minutes()


@pytest.mark.parametrize(("mode", "language"), [("live", "en"), ("async", "fr")])
async def test_w05_decides_which_projects_open_around_the_tool(
    tmp_path: Path, playbook: Playbook, mode: str, language: str
) -> None:
    async with company_meeting(tmp_path, playbook, language) as w05:
        facilitator, people, left = w05.facilitator, w05.people, Left(room=w05.room)
        spring = await left.today() + timedelta(days=70)
        await facilitator.prepares("W05")
        await facilitator.opens(mode)
        await people.puts_in("paul", "Only we can agree on what a customer is")
        await facilitator.next()
        await people.vote({"ANX01": (4, 2), "ANX05": (5, 4)}, thomas={"ANX01": (2, 2)})
        await facilitator.next()
        await people.lines(
            "sofia",
            {"topic": "ANX05", "choice": "needed", "owner": ID["sofia"], "due": spring, "lot": "Lot 1"},
            {"topic": "ANX01", "choice": "needed"},
            {"topic": "ANX02", "choice": "later"},
            {"topic": "ANX03", "choice": "not_needed", "reason": "Done last year"},
            {"title": "A word for each status", "choice": "needed", "owner": ID["ines"], "due": spring},
        )
        await facilitator.next()
        await people.support(5)
        await facilitator.next()
        await people.press("marc", "workshop.done")
        await facilitator.next()
        assert w05.room.workshop.state == "ended"

        process, systems, pay, data, word = left.made(
            "annex", "Sales steps and responsibilities", "Systems that exchange data with the CRM",
            "Measuring and paying the front office", "Customer data", "A word for each status",
        )  # fmt: skip
        assert (data.owner, data.due, data.fields["blocks"]) == (ID["sofia"], spring, "Lot 1")
        assert (data.fields["weight"], data.fields["size"], data.fields["box"]) == (5, 4, "plan")
        assert (process.status, process.fields["box"]) == ("open", "do_now"), "as the group sees it: medians"
        assert (systems.status, pay.status) == ("later", "not_needed")
        assert pay.fields["reason"] == "Done last year"
        assert pay.restricted, "pay is not for everybody to read"
        assert (word.owner, word.due) == (ID["ines"], spring)
        assert {one.fields["workshop"] for one in (process, systems, pay, data, word)} == {"W05"}
        name = {"en": "Customer data", "fr": "Données clients"}[language]
        (task,) = left.made("task", name)
        assert (task.owner, task.fields["lot"], task.source) == (ID["sofia"], "Lot 1", "W05.3")
        steps = {"en": "Sales steps", "fr": "Étapes commerciales"}[language]
        (nobody,) = [one for one in left.every() if one.kind == "issue"]
        assert steps in nobody.title.in_(language), "in words, and not by its key"
        assert (nobody.owner, nobody.source) == (ID["marc"], "W05.3")
        left.checked.append(nobody)
        (decided,) = left.made("decision", "The supporting projects are decided")
        assert decided.source == "W05.4"
        left.all_checked()
        minutes = await left.in_minutes()
        assert "ANX0" not in minutes
