"""When a diagnosis rule fires (3.7): one predicate per rule of the playbook's rules file.

A comparison that reads an unanswered question is false, negative ones included; a test of absence
is true when nothing is recorded, since the set-up is always sent. R46 is not here: it reads CHG13,
which no dialogue of the set-up asks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flows.dialogue.kinds import NONE_OF_THEM
from flows.dialogue.model import Answer, Value
from flows.project import CHAIN, Cast

#: Counterweights below which R51 fires.
ENOUGH_COUNTERWEIGHTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules read: the latest answers of forms by question id, and who is in the team."""

    answers: Mapping[str, Answer]
    cast: Cast

    def value(self, id: str) -> Value:
        """The answer given, or None."""
        answer = self.answers.get(id)
        return answer.value if answer is not None and answer.given else None

    def one_of(self, id: str, *values: str) -> bool:
        """The answer is one of these; false when there is none."""
        return self.value(id) in values

    def chosen(self, id: str) -> tuple[str, ...] | None:
        """What was ticked, without "none"; None when the question is not answered."""
        value = self.value(id)
        return tuple(v for v in value if v != NONE_OF_THEM) if isinstance(value, list) else None

    def lacks(self, id: str, *wanted: str) -> bool:
        """Some of `wanted` is not ticked; false when the question is not answered."""
        chosen = self.chosen(id)
        return chosen is not None and any(value not in chosen for value in wanted)


def missing_functions(cast: Cast) -> tuple[str, ...]:
    """The functions of the customer's path that no member of the team holds (R59)."""
    team = set(cast.people("team"))
    held = {member.function for member in cast.members if member.user in team}
    return tuple(function for function in CHAIN if function not in held)


def _few_counterweights(facts: Facts) -> bool:
    chosen = facts.chosen("SET09")
    decided = facts.value("SET08") not in (None, "undecided")
    return decided and chosen is not None and len(chosen) < ENOUGH_COUNTERWEIGHTS


def _no_outside_judge(facts: Facts) -> bool:
    arbiter = facts.value("SET12")
    return arbiter is None or arbiter == facts.value("SET10")


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule fires, and the questions whose answers it quotes."""

    reads: tuple[str, ...]
    fires: Callable[[Facts], bool]


EXPERT = ("k_customer", "k_tech", "no_vendor", "no_power", "equidistant")

CONDITIONS: Mapping[str, Condition] = {
    "R05": Condition(
        ("SET02", "SET03"),
        lambda f: f.one_of("SET02", "replace", "relaunch") and f.value("SET03") == ["tool"],
    ),
    "R47": Condition(("SET08",), lambda f: f.one_of("SET08", "it")),
    "R48": Condition(
        ("SET08", "SET09"), lambda f: f.one_of("SET08", "business") and f.lacks("SET09", "it_resource")
    ),
    "R49": Condition(
        ("SET08", "SET09"), lambda f: f.one_of("SET08", "top") and f.lacks("SET09", "path_owner")
    ),
    "R50": Condition(("SET08",), lambda f: f.one_of("SET08", "undecided")),
    "R51": Condition(("SET08", "SET09"), _few_counterweights),
    "R53": Condition(("SPO01",), lambda f: f.one_of("SPO01", "verbal", "none")),
    "R56": Condition(("SET12",), _no_outside_judge),
    "R57": Condition(("SET14",), lambda f: f.one_of("SET14", "searching", "none")),
    "R58": Condition(
        ("SET14", "SET15"), lambda f: f.one_of("SET14", "external") and f.lacks("SET15", *EXPERT)
    ),
    "R59": Condition(("SET13",), lambda f: bool(missing_functions(f.cast))),
}


def fired(facts: Facts, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the rules `ids` whose condition holds, in the order given."""
    return tuple(id for id in ids if CONDITIONS[id].fires(facts))
