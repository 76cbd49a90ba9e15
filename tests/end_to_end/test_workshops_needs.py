"""W06 and W08 from their command to their minutes, live and in the channel: needs sorted, pairs settled."""

from pathlib import Path

import pytest

from flows.arbitration.model import Case
from flows.playbook import Playbook
from storage import arbitration
from tests.end_to_end.company import WORKSPACE
from tests.end_to_end.workshop_people import Meeting, company_meeting
from tests.end_to_end.workshop_record import ID, Left

HEADINGS = ("k1", "k2", "k3", "k4", "k5", "needs", "ease", "integrator", "cost", "exit")
CRITERIA = {
    "NEE11": "required", "NEE12": "required", "NEE13": "preferred", "NEE14": "waived", "NEE15": "waived",
}  # fmt: skip
REASON = "It fits with the way we have always answered our customers."
LOSS = "What a complete tool would have brought in the first year."


@pytest.mark.parametrize(("mode", "language"), [("live", "fr"), ("async", "en")])
async def test_w06_sorts_needs_and_settles_criteria_and_weights(
    tmp_path: Path, playbook: Playbook, mode: str, language: str
) -> None:
    async with company_meeting(tmp_path, playbook, language) as w06:
        facilitator, people, left = w06.facilitator, w06.people, Left(room=w06.room)
        gap = await w06.known("gap", "Two lists of customers")
        fields = {"need": "See all calls", "function": "service", "priority": "M"}
        calls = await w06.known("need", "See all calls", fields=fields)
        await facilitator.prepares("W06")
        await facilitator.opens(mode)
        why = {"function": "service", "why": "to answer"}
        await people.lines(
            "ines",
            {"ref": calls.ref, "gap": gap.ref, "need": "See all calls", **why},
            {"need": "Find a contact", "why": "to call back", "function": "marketing"},
        )
        await facilitator.next()
        await people.vote({calls.ref: "3", "Find": "5"}, marc={calls.ref: "8", "Find": "5"})
        await facilitator.next()
        await people.vote({calls.ref: "S", "Find": "M"})
        await facilitator.next()
        await people.puts_in("sofia", "The list of calls can wait for the second lot")
        await facilitator.next()
        other = {**CRITERIA, "NEE12": "preferred"}
        apart = {"marc": other, "ines": other, "hugo": other, "paul": other}
        told = {**CRITERIA, "why": {"NEE14": "Our two administrators are enough"}}
        await people.vote(CRITERIA, sofia=told, **apart)
        await people.vote(CRITERIA, **apart)  # K2 alone, once more
        await facilitator.next()
        await people.vote(dict.fromkeys(HEADINGS, 10), marc={"k1": 40, "needs": 60})
        await facilitator.next()
        await people.support(4)
        await facilitator.next()
        await people.press("marc", "workshop.done")
        await facilitator.next()
        assert w06.room.workshop.state == "ended"

        see, find = left.made("need", "See all calls", "Find a contact")
        assert (see.fields["gap"], see.fields["priority"], see.fields["effort"]) == (gap.ref, "S", 3)
        assert see.fields["let_go"], "a must-have that nobody has placed there again"
        assert (find.source, find.fields["function"]) == ("W06.1", "marketing")
        assert find.fields["why"] == "to call back"
        assert (find.fields["priority"], find.fields["effort"]) == ("M", 5)
        checks_decisions(left, language)
        left.all_checked()
        minutes = await left.in_minutes()
        assert f"| {find.ref} Find a contact |" in minutes


def checks_decisions(left: Left, language: str) -> None:
    """What W06 has decided, and what it has not."""
    board, k1, k3, k4, k5, weights, carried = left.made(
        "decision", "Needs sorted: 1 must, 1 should, 0 could, 0 not this time",
        "K1 Recent, open: Required", "K3 Chat, AI: Preferred",
        "K4 Configurable: Set aside, with a written reason",
        "K5 Social networks: Set aside, with a written reason",
        "Weights of the evaluation are fixed", "The needs are sorted, and the team carries the board",
    )  # fmt: skip
    for one in (board, k1, k3, k4, k5, weights, carried):
        assert (one.fields["method"], one.fields["authority"]) == ("vote", "team"), one.ref
        assert not one.fields.get("decided_by"), "it is nobody’s alone"
    assert k4.fields["reason"] == "Our two administrators are enough"
    assert (k4.status, k5.status) == ("accepted", "proposed"), "set aside only with a reason"
    (unsaid,) = left.made("issue", "Say why it is set aside: K5 — Fit for selling through social networks")
    assert (unsaid.owner, unsaid.source) == (ID["marc"], "W06.5")
    assert weights.fields["choice"] == dict.fromkeys(HEADINGS, 10), "medians"
    (split,) = left.made(
        "tradeoff", "K2 — One platform for marketing, sales and service on one customer record"
    )
    (case,) = left.cases()
    assert (case.ref, case.subject, case.arbiter) == (split.ref, "NEE12", ID["claire"])
    assert case.extra[:2] == {"en": ("Required", "Preferred"), "fr": ("Exigé", "Souhaité")}[language]
    assert "required" not in case.why, "votes are told in words"


@pytest.mark.parametrize(("mode", "language"), [("live", "en"), ("async", "fr")])
async def test_w08_settles_what_people_agree_on_and_brings_the_rest_to_the_arbiter(
    tmp_path: Path, playbook: Playbook, mode: str, language: str
) -> None:
    async with company_meeting(tmp_path, playbook, language) as w08:
        facilitator, people, left = w08.facilitator, w08.people, Left(room=w08.room)
        await waits_for_the_arbiter(w08, "ARB01")
        await facilitator.prepares("W08")
        await facilitator.opens(mode)
        await facilitator.next()
        await people.puts_in("paul", "A long form is a form nobody fills in")
        await facilitator.next()
        agreed = {f"ARB0{n}": 2 for n in range(1, 9)}
        rich = {**agreed, "ARB03": 5}
        await people.vote({**agreed, "ARB03": 1}, marc=rich, ines=rich, hugo=rich, paul=rich)
        await facilitator.next()
        quick, small = left.cases()
        assert (quick.subject, quick.state) == ("ARB01", "withdrawn"), "people agree on it now"
        assert (small.subject, small.arbiter, small.state) == ("ARB03", ID["claire"], "waiting")
        claire = people.one("claire")
        await people.press("claire", f"arbitration.decide:{small.number}")
        await claire.opened()
        await claire.fills({"option": "2", "reason": REASON, "loss": LOSS})
        done = await claire.submits()
        assert not done.get("errors"), done
        await claire.puts_down()
        await facilitator.next()
        await people.press("marc", "workshop.done")
        await facilitator.next()
        assert w08.room.workshop.state == "ended"

        pair = "Quick to fill in ↔ Rich, detailed data: Quick to fill in (rather)"
        both = "Small and soon ↔ complete and later: Small and soon (rather)"
        agreed_on, decided_on = left.made("tradeoff", pair, both)
        assert (agreed_on.status, agreed_on.fields["position"], agreed_on.source) == ("decided", 2, "W08.3")
        loss = {"en": "Rich, detailed data", "fr": "Données riches et détaillées"}[language]
        assert agreed_on.fields["loss"] == loss, "the other pole"
        assert (decided_on.ref, decided_on.status, decided_on.fields["loss"]) == (small.ref, "decided", LOSS)
        by_vote, by_arbiter = left.made("decision", pair, both)
        assert (by_vote.fields["method"], by_vote.fields["authority"]) == ("vote", "team")
        assert by_vote.fields["distribution"]["2"] == 8
        assert (by_arbiter.owner, by_arbiter.fields["authority"]) == (ID["claire"], "arbiter")
        assert (by_arbiter.fields["reason"], by_arbiter.fields["loss"]) == (REASON, LOSS)
        assert by_arbiter.fields["workshop"] == "W08.4"
        left.all_checked()
        await left.in_minutes()


async def waits_for_the_arbiter(held: Meeting, pair: str) -> None:
    """People were split on this pair when they answered D13: it went to the arbiter."""
    company = held.room.company
    found = await held.known("tradeoff", "Quick or rich", status="proposed", fields={"pair": pair})
    case = Case(
        id=arbitration.fresh_id(), workspace=WORKSPACE, project_id=company.project.id, number=found.number,
        subject=pair, title=found.title, consequence="", state="waiting", seat="arbiter",
        arbiter=ID["claire"], asked_by="", asked_at=await company.now(), sent_on=(await company.now()).date(),
    )  # fmt: skip
    company.puts(arbitration.put, case=case)
