"""How stored answers become one person's sheet, and what stands there for a question."""

from collections.abc import Iterable

from flows.dialogue.model import Answer, Dialogue, Flow, Question


def sort(
    flow: Flow, person: str, rows: Iterable[tuple[str, str, Answer]]
) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """`answers` and `exits` of `person`'s sheet from (question, respondent, latest answer) rows.

    Rows of other respondents are left out. Rows of unknown questions are kept, and not used.
    """
    answers: dict[str, Answer] = {}
    exits: dict[str, Answer] = {}
    for id, respondent, answer in rows:
        question = flow.question(id)
        if respondent == "":
            answers[id] = answer
        elif respondent == person and question is not None and question.shared:
            exits[id] = answer
        elif respondent == person:
            answers.setdefault(id, answer)
    return answers, exits


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
