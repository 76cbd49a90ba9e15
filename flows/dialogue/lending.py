"""Which questions a colleague may be asked, and which of them are in a colleague's hands now.

One's opinion, vote, signature and word are one's own; what is confidential or anonymous is in nobody's
hands but the person's; the set-up comes before anybody is spoken to; workshops are answered by the group.
"""

from flows.dialogue.model import Answer, Dialogue, Question
from flows.project import Cast, Role

SETUP = "D01"
#: In place of a question: all of the dialogue. Its answer on a sheet says that a colleague has it.
WHOLE = ""
#: Scales on which people give their opinion (0.4).
OPINIONS = ("agree", "intensity", "slider")
#: Votes, signatures, commitments, arbitrations, and what only counts in one's own words.
ONES_OWN = frozenset({
    "OBJ11", "OBJ11a", "SPO01", "SPO03", "SPO09", "SPO10", "CHG10", "ARB09", "ARB10", "VEN06",
    "RTE10", "RTE11", "RTE12", "RTE13", "RTE13a",
})  # fmt: skip
#: Run the project or stand beside it: they answer no question meant for the team (0.2).
NEUTRAL: tuple[Role, ...] = ("facilitator", "expert", "coach")
OF_THE_TEAM = frozenset({"team", "team_all", "front", "attendees"})


def lendable(question: Question, flow: str) -> bool:
    """Whether a colleague may be asked to answer this question of the dialogue `flow` (D04)."""
    return (
        flow != SETUP
        and question.requirement != "hard"
        and question.visibility == "open"
        and question.mode != "workshop"
        and question.labels not in OPINIONS
        and question.id.partition("@")[0] not in ONES_OWN
    )


def may_answer(question: Question, cast: Cast, user: str) -> bool:
    """Who runs the project, or stands beside it, does not speak for the team."""
    neutral = any(cast.holder(role) == user for role in NEUTRAL)
    return not (neutral and OF_THE_TEAM.intersection(question.audience.roles))


def all_asked(dialogue: Dialogue) -> bool:
    """A colleague has been asked for all of the dialogue."""
    whole = dialogue.answers.get(WHOLE)
    return whole is not None and whole.exit == "asked"


def colleague(question: Question, dialogue: Dialogue, stands: Answer | None) -> str | None:
    """Who was asked for this question, of the person whose sheet this is. `stands`: what stands there
    for the question. None when it waits for nobody else."""
    if stands is not None:
        return str(stands.value) if stands.exit == "asked" else None
    user = str(dialogue.answers[WHOLE].value) if all_asked(dialogue) else None
    return user if user is not None and _part_of_all(question, dialogue, user) else None


def said(answer: Answer | None) -> bool:
    """Somebody has answered; a table without lines is an answer too."""
    return answer is not None and answer.exit is None and (answer.given or answer.value == [])


def handed(question: Question, dialogue: Dialogue) -> bool:
    """Whether the question is on this sheet as it is seen now: everything on one's own; for a
    colleague, what they were asked, and what they have answered, but nothing that somebody else said."""
    hands = dialogue.stand_in
    if hands is None:
        return True
    own = dialogue.exits.get(question.id) or dialogue.answers.get(question.id)
    if hands.question != WHOLE:
        return question.id == hands.question
    if not _part_of_all(question, dialogue, hands.user):
        return False
    answer = dialogue.answers.get(question.id)
    if said(answer):
        return answer is not None and answer.author == hands.user
    return own is None or own.exit in (None, "later")


def _part_of_all(question: Question, dialogue: Dialogue, user: str) -> bool:
    """Asked for all of the dialogue, this person is asked for this question too."""
    return lendable(question, dialogue.flow) and may_answer(question, dialogue.cast, user)
