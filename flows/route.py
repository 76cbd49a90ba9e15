"""Which route the facts of a scoping propose: tender, expressions of interest, prototype, direct (D15).

Proposes only: the arbiter chooses, and a different choice asks for its reason.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

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


#: What may change beside the answers: the sessions held, the criteria settled.
SESSIONS, SETTLED = "sessions", "criteria"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One fact that would change the proposal by itself: `fact` is a question of D15, SESSIONS or SETTLED;
    `values` are the answers that lead to `route`, () for the two others."""

    fact: str
    values: tuple[str, ...] = ()
    route: Route


def shifts(
    routes: tuple[Route, ...], facts: RouteFacts, choices: Mapping[str, Iterable[str]]
) -> tuple[Shift, ...]:
    """What would change the proposal, one fact at a time, in the order the facts are asked. `choices`: the
    answers each question can have. A fact that leads nowhere else alone is left out, whatever it would do
    together with another."""
    now = propose(routes, facts)
    found: dict[tuple[str, str], Shift] = {}
    for fact, value, other in _others(facts, choices):
        route = propose(routes, other)
        if route == now:
            continue
        known = found.get((fact, route.when))
        values = (*(known.values if known else ()), *((value,) if value else ()))
        found[fact, route.when] = Shift(fact=fact, values=values, route=route)
    return tuple(found.values())


def _others(facts: RouteFacts, choices: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str, RouteFacts]]:
    """The same facts with one of them otherwise: which, its value, the facts then. A session that was held
    stays so."""
    for question in ASKED:
        for value in choices.get(question, ()):
            if not facts.is_(question, value):
                yield question, value, replace(facts, answers={**facts.answers, question: value})
    if facts.vendor_sessions < ENOUGH_SESSIONS:
        yield SESSIONS, "", replace(facts, vendor_sessions=ENOUGH_SESSIONS)
    if facts.criteria_undecided:
        yield SETTLED, "", replace(facts, criteria_undecided=0)
