"""The named conditions of content's `show_if`: what no simple test on one answer can say.

Asked only when the question the condition names is answered and relevant.
"""

from collections.abc import Callable, Mapping

from flows import route
from flows.dialogue.model import Dialogue, Flow

#: The verdict under which a signature needs a reason (3.6).
NO_GO = "NO_GO"

#: What D15 asks until a version of the note goes round: from then on its cards do, about that version.
ON_THE_CARDS = frozenset({"RTE10", "RTE11", "RTE13", "RTE13a"})


def _not_as_proposed(flow: Flow, dialogue: Dialogue) -> bool:
    """RTE08: the route chosen is not the one the facts propose."""
    return bool(dialogue.answers["RTE08"].value != route.propose(flow.routes, route.facts(dialogue)).then)


def _signs_against_the_verdict(flow: Flow, dialogue: Dialogue) -> bool:
    """RTE13: the sponsor signs while the verdict is "no go for now"."""
    return dialogue.answers["RTE13"].value == "approve" and dialogue.facts.get("verdict") == NO_GO


PREDICATES: Mapping[str, Callable[[Flow, Dialogue], bool]] = {
    "not_as_proposed": _not_as_proposed,
    "signs_against_the_verdict": _signs_against_the_verdict,
}
