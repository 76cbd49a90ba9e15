"""What stands on one person's sheet for a question."""

from flows.dialogue.model import Answer, Dialogue, Question


def standing(dialogue: Dialogue, question: Question) -> Answer | None:
    """What stands for this person: the answer, else their own exit; None when nothing was said.

    A shared answer that somebody gave goes before the person's exit.
    """
    answer = dialogue.answers.get(question.id)
    if not question.shared:
        return answer
    own = dialogue.exits.get(question.id)
    if own is None or own.exit is None or (answer is not None and answer.given):
        return answer
    return own
