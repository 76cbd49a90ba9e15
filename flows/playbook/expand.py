"""Content that several questions share, put in its place: sets of choices and sets of follow-ups."""

from collections.abc import Iterator

from flows.playbook.schema import (
    AskedText,
    ConditionText,
    FlowText,
    FollowupText,
    OptionText,
    QuestionText,
    WordsText,
)


def choices(asked: AskedText, flow: FlowText, shared: WordsText) -> list[OptionText]:
    """The choices of a question, its own or those of the set it names; none for an unknown set."""
    if asked.opts_set is None:
        return asked.opts
    return flow.option_sets.get(asked.opts_set) or shared.followup_options.get(asked.opts_set, [])


def expanded(flow: FlowText) -> Iterator[QuestionText]:
    """Every question with its follow-ups after it."""
    for question in flow.questions:
        yield question
        for text in flow.followup_sets.get(question.follow or "", []):
            yield _followup(question, text)


def following(flow: FlowText, id: str) -> tuple[str, ...]:
    """The ids of the follow-ups of a question."""
    sets = (flow.followup_sets.get(q.follow or "", []) for q in flow.questions if q.id == id)
    return tuple(f"{id}{text.suffix}" for texts in sets for text in texts)


#: What a follow-up has from the question it follows.
INHERITED = ("who", "mode", "vis", "idk", "part", "seen_by", "per", "cases")


def _followup(question: QuestionText, text: FollowupText) -> QuestionText:
    """A follow-up as a question of its own: asked of the same people, seen by the same."""
    fields = {name: getattr(text, name) for name in AskedText.model_fields}
    fields |= {name: getattr(question, name) for name in INHERITED}
    fields |= {"id": f"{question.id}{text.suffix}", "follow": None}
    fields["show_if"] = [ConditionText.model_validate({"question": question.id, "in": text.when})]
    return QuestionText.model_construct(**fields)  # already checked, as a follow-up
