"""What an answer leaves in the register and the project: the named recordings of content's `rec`.

Each takes what the question's answer is now (None: nothing given) and returns everything that
follows from it, and nothing else: the engine compares before and after, so that records are
created, updated and withdrawn to match. None of them reads a clock or a record.
"""

from collections.abc import Mapping

from flows.dialogue.effects import Draft
from flows.dialogue.model import Kind
from flows.register import (
    annexes,
    change,
    goals,
    inventory,
    needs,
    plan,
    processes,
    setup,
    signing,
    sponsorship,
    tradeoffs,
    vendors,
)
from flows.register.said import Recording, Said, Setting, own_words


def _nothing(said: Said) -> tuple[Draft | Setting, ...]:
    """The answer itself is all there is to keep."""
    return ()


RECORDINGS: Mapping[str, Recording] = {
    "answer": _nothing,
    "project_name": setup.project("name"),
    "project_start": setup.project("start"),
    "project_language": setup.project("language"),
    "role_lead": setup.role("lead"),
    "role_sponsor": setup.role("sponsor"),
    "role_arbiter": setup.role("arbiter"),
    "role_coach": setup.role("coach"),
    "team": setup.team,
    "risks_of_last_time": setup.risks_of_last_time,
    "who_steers": setup.who_steers,
    "missing_counterweights": setup.missing_counterweights,
    "stakeholders": setup.stakeholders,
    "strategic_goals": goals.stakes("strategic"),
    "operational_goals": goals.stakes("operational"),
    "exclusion": own_words("exclusion"),
    "promise": own_words("promise", replayed_in="C09"),
    "sponsor_promise": own_words("promise", printed_in="N15"),
    "constraint": own_words("constraint", shown_in="W08"),
    "goals_committed": goals.goals_committed,
    "reservation": goals.reservation,
    "official_commitment": sponsorship.official,
    "sponsor_commitments": sponsorship.commitments,
    "belongs_to": sponsorship.belongs_to,
    "gaps": processes.gaps,
    "annex_process": annexes.annex("process"),
    "annex_systems": annexes.annex("systems"),
    "annex_pay": annexes.annex("pay"),
    "annex_organisation": annexes.annex("organisation"),
    "annex_data": annexes.annex("data"),
    "annex_skills": annexes.annex("skills"),
    "annex_others": annexes.others,
    "expectation": own_words("expectation", printed_in="N02"),
    "rejection_risks": change.rejection_risks,
    "pay_revision": change.pay_revision,
    "income_guarantee": change.income_guarantee,
    "fairness": change.fairness,
    "charter": change.charter,
    "data_domains": inventory.data_domains,
    "data_to_collect": inventory.data_to_collect,
    "interfaces": inventory.interfaces,
    "needs": needs.needs,
    "board": needs.board,
    "need_size": needs.need_size,
    "need_reason": needs.need_reason,
    "criterion": needs.criterion,
    "weights": needs.weights,
    "risks": plan.risks,
    "assumptions": plan.assumptions,
    "lots": plan.lots,
    "tasks": plan.tasks,
    "fixed_date": plan.fixed_date,
    "tension": tradeoffs.tension,
    "tradeoffs": tradeoffs.tradeoffs,
    "sessions": vendors.sessions,
    "vendor_grid": vendors.vendor_grid,
    "change_proposed": vendors.change_proposed,
    "vendor_worry": vendors.vendor_worry,
    "route": signing.route,
    "remark": signing.remark,
    "signature": signing.signature,
}
#: What a recording must find: the kind of its question, and the columns of a table. Those that are
#: not here take any kind. Content that says otherwise is refused when it is loaded.
READS: Mapping[str, tuple[Kind, tuple[str, ...]]] = {
    "project_name": ("text", ()),
    "project_start": ("date", ()),
    "project_language": ("single", ()),
    "team": ("rows", ("person", "function", "daci", "hours")),
    "risks_of_last_time": ("multi", ()),
    "missing_counterweights": ("multi", ()),
    "stakeholders": ("rows", ("group", "power", "interest", "need", "by")),
    "strategic_goals": ("rows", ("statement", "indicator", "baseline", "target", "due")),
    "operational_goals": ("rows", ("statement", "function", "indicator", "target", "due")),
    "sponsor_commitments": ("multi", ()),
    "belongs_to": ("single", ()),
    "gaps": ("rows", ("step", "gap", "risk", "severity", "owner")),
    "annex_others": ("rows", ("title", "owner", "due")),
    "rejection_risks": (
        "rows", ("risk", "function", "mechanism", "likelihood", "impact", "response", "owner"),
    ),
    "fairness": ("rows", ("giver", "taker", "return")),
    "data_domains": ("rows", ("domain", "source", "owner")),
    "data_to_collect": ("rows", ("data", "basis")),
    "interfaces": ("rows", ("system", "critical", "api", "owner")),
    "needs": ("rows", ("need",)),
    "board": ("moscow", ()),
    "weights": ("points100", ()),
    "risks": ("rows", ("cause", "family", "likelihood", "impact", "sign", "response", "owner")),
    "assumptions": ("rows", ("statement", "owner", "due")),
    "lots": ("rows", ("name", "end")),
    "tasks": ("rows", ("task", "after", "owner")),
    "fixed_date": ("date", ()),
    "tradeoffs": ("rows", ("pair", "position", "reason", "loss", "review")),
    "sessions": ("rows", ("vendor", "date", "whole_team")),
    "vendor_grid": ("rows", ("criterion", "level")),
}  # fmt: skip
