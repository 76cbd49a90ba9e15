"""What a dialogue has given that was sent more than once: which answers stand, of all its runs.

What a later run says of something replaces what an earlier one said of it; what it leaves out stands as it
was. What people answer for themselves counts once their run has closed. Reads no role: what is restricted is
left out by whoever hands it in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flows.confrontation import AREA
from flows.dialogue.model import Answer, Flow
from flows.dialogue.visible import withheld

Pairs = tuple[tuple[str, Answer], ...]
AT = "@"  # between a question and its record, and between a person and what they describe


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One run of a dialogue: what was answered in it, by question, as (respondent, answer)."""

    id: str
    is_open: bool
    answers: Mapping[str, Sequence[tuple[str, Answer]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What stands. A respondent is a Slack user id, "" for a shared answer; of somebody who described several
    things in several runs (D04) each description has its own: "U1@sales".

    `runs`: question -> respondent -> the run it was said in. `stands`: questions that are asked again now,
    of which the answers of the time before may be read.
    """

    answers: Mapping[str, Pairs] = field(default_factory=dict)
    runs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    stands: frozenset[str] = frozenset()


_Said = dict[str, tuple[Answer, str]]  # respondent -> the answer, and the run it was given in


def heard(flow: Flow, rounds: Sequence[Round]) -> Heard:
    """All runs of one dialogue, the oldest first."""
    told = [_told(one) for one in rounds]
    found: dict[str, _Said] = {}
    stands: set[str] = set()
    for key in dict.fromkeys(key for one in told for key in one.answers):
        id, _, case = key.partition(AT)
        question = flow.question(id)
        waits = question is not None and withheld(question, is_open=True)
        over = [one for one in told if not one.is_open] if waits else told
        if not any(key in one.answers for one in over):
            over = told
        elif over[-1] is not told[-1]:
            stands.add(id)
        asked_if = [shown.question for shown in question.show_if] if question is not None else []
        found[key] = _latest(over, key, [name for each in asked_if for name in (each, f"{each}{AT}{case}")])
    return Heard(
        answers={key: tuple((who, said) for who, (said, _) in all_.items()) for key, all_ in found.items()},
        runs={key: {who: run for who, (_, run) in all_.items()} for key, all_ in found.items()},
        stands=frozenset(stands),
    )


def _latest(rounds: Sequence[Round], key: str, conditions: Sequence[str]) -> _Said:
    """By respondent the latest answer. What only follows from another answer goes when that one is given
    anew."""
    said: _Said = {}
    for one in rounds:
        anew = {who for name in conditions for who, _ in one.answers.get(name, ())}
        said = {who: before for who, before in said.items() if who not in anew}
        said |= {who: (answer, one.id) for who, answer in one.answers.get(key, ())}
    return said


def _told(one: Round) -> Round:
    """The same, with what each person describes told apart, where the dialogue asks for it."""
    areas = {who: str(answer.value) for who, answer in one.answers.get(AREA, ()) if answer.given}
    if not areas:
        return one
    answers = {key: tuple(_apart(pairs, areas)) for key, pairs in one.answers.items()}
    return Round(id=one.id, is_open=one.is_open, answers=answers)


def _apart(pairs: Sequence[tuple[str, Answer]], areas: Mapping[str, str]) -> Iterator[tuple[str, Answer]]:
    for who, answer in pairs:
        yield (f"{who}{AT}{areas[who]}" if who in areas else who), answer
