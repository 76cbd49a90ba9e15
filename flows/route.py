"""Which route the facts of a scoping propose: tender, expressions of interest, prototype, direct (D15).

Proposes only: the arbiter chooses, and a different choice asks for its reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flows.dialogue.cases import held
from flows.dialogue.model import Dialogue, Route, Value

#: The questions of D15 and D11 that count.
ASKED = ("RTE01", "RTE02", "RTE03", "RTE04", "RTE05")
CRITERIA = ("NEE11", "NEE12", "NEE13", "NEE14", "NEE15")
#: Vendor sessions, with the whole team invited, from which a direct choice may be proposed.
ENOUGH_SESSIONS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteFacts:
    """What the table reads. A question without an answer makes every test that reads it false; a
    criterion without an answer is undecided."""

    answers: Mapping[str, Value]
    vendor_sessions: int  # held, their attendance noted, the whole team invited
    criteria_undecided: int  # of the five

    def is_(self, question: str, value: str) -> bool:
        """The answer to `question` is `value`."""
        return bool(self.answers.get(question) == value)


def _seen_enough(facts: RouteFacts) -> bool:
    return facts.vendor_sessions >= ENOUGH_SESSIONS and facts.criteria_undecided == 0


#: The tests of content's `route_rules`, by name.
TESTS: Mapping[str, Callable[[RouteFacts], bool]] = {
    "needs_vague": lambda f: f.is_("RTE01", "vague"),
    "market_little_known": lambda f: f.is_("RTE02", "little"),
    "unproven_need_and_free_to_buy": lambda f: f.is_("RTE03", "yes") and f.is_("RTE04", "free"),
    "unproven_need": lambda f: f.is_("RTE03", "yes"),
    "one_solution_stands_out": lambda f: f.is_("RTE05", "yes") and f.is_("RTE04", "free") and _seen_enough(f),
    "always": lambda f: True,
}


def propose(routes: tuple[Route, ...], facts: RouteFacts) -> Route:
    """The first route of the table whose test holds. The last one always does."""
    return next(route for route in routes if TESTS[route.when](facts))


def facts(dialogue: Dialogue) -> RouteFacts:
    """The facts as one sheet of D15 knows them."""
    given = {id: dialogue.answers[id].value for id in ASKED if id in dialogue.answers}
    criteria = [dialogue.elsewhere.get(id, "undecided") for id in CRITERIA]
    sessions = dialogue.register.get("vendor", ())
    return RouteFacts(
        answers=given,
        vendor_sessions=sum(held(case) and case.fields.get("whole_team") == "yes" for case in sessions),
        criteria_undecided=criteria.count("undecided"),
    )
