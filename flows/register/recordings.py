"""What an answer leaves in the register and the project: the named recordings of content's `rec`.

Each takes what the question's answer is now (None: nothing given) and returns everything that
follows from it, and nothing else: the engine compares before and after, so that records are
created, updated and withdrawn to match. None of them reads a clock or a record.
"""

from collections.abc import Mapping

from flows.dialogue.effects import Draft
from flows.dialogue.model import Kind
from flows.register import goals, setup, sponsorship
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
}
