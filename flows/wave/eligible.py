# ruff: noqa: PLR0913 - which wave, of whom, how many at least, split or not
"""Who is asked what in a wave, and whether they are enough (5.3 rule 1). Knows no cap and no calendar."""

from collections.abc import Collection, Mapping, Sequence

from flows.dialogue.kinds import LONGEST
from flows.dialogue.model import Question
from flows.playbook.model import Wave
from flows.project import Cast
from flows.wave import groups
from flows.wave.model import ENOUGH, Item

#: The one text without a question of consent: its lines all go to the board of W07, three at most.
BOARD, LINES = "PLA01", 3


def people(wave: Wave, cast: Cast, *, without: Collection[str] = ()) -> tuple[str, ...]:
    """Everybody the wave is for. `without`: bots, people who have left, and for a check-in those who
    asked for no more of these."""
    return tuple(user for user in cast.audience(wave.audience) if user not in without)


def asked(
    question: Question, wave: Wave, cast: Cast, invited: Collection[str], *, users: bool = False
) -> tuple[str, ...]:
    """Those of the people invited whom this question is for (SET17: not the lead). `users`: the wave is asked
    of the users of a lot: its own questions of all of them, those added to it of whom they are for."""
    added = wave.added is not None and any(question.id == one.id for one in wave.added.questions)
    if users and not added:
        return tuple(invited)
    return tuple(user for user in cast.audience(question.audience) if user in invited)


def items(
    wave: Wave,
    cast: Cast,
    invited: Collection[str],
    *,
    threshold: int = ENOUGH,
    split: bool = True,
    users: bool = False,
) -> tuple[Item, ...]:
    """The questions the wave can ask these people: each of at least `threshold` of them. Empty: the
    wave is not sent, and a talk with the coach is proposed instead. `users`: as in `asked`."""
    least = max(threshold, ENOUGH)
    found = []
    for question in wave.questions:
        people = asked(question, wave, cast, invited, users=users)
        if len(people) >= least and not wave.is_consent(question.id):
            parts = groups.followed([cast.function_of(user) for user in people], least) if split else ()
            found.append(_item(question, wave, len(people), parts))
    return tuple(found)


def _item(question: Question, wave: Wave, invited: int, parts: Sequence[str]) -> Item:
    if question.kind == "scale5":
        same = wave.same.get(question.id, "")
        return Item(id=question.id, kind="scale", invited=invited, groups=tuple(parts), same=same)
    if question.kind in LONGEST:
        return Item(
            id=question.id,
            kind="text",
            invited=invited,
            longest=question.maximum or LONGEST[question.kind],
            consent=wave.consent_of(question.id),
            lines=LINES if question.id == BOARD else 0,
        )
    values = tuple(option.value for option in question.options)
    several = question.kind == "multi"
    return Item(id=question.id, kind="choice", invited=invited, options=values, several=several)


def functions(cast: Cast, invited: Collection[str], asked_items: Sequence[Item]) -> Mapping[str, str]:
    """The function of each person invited that some item follows; "" for everybody else, whose
    answers go into the total only."""
    followed = {part for item in asked_items for part in item.groups}
    return {user: part if (part := cast.function_of(user) or "") in followed else "" for user in invited}
