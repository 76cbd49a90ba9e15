"""The kinds of question as Slack shows them (0.4): blocks that ask, and the value read back.

One entry a kind, the same kinds as flows.dialogue.kinds: a test holds them together. What comes back
is user input: anything may be missing or of another type, and nothing here raises on it (T11).
`rows` is shown by bot/dialogue/rows.py and people by team.py, `moscow` by board.py; here they only
have their place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue.scene import Scene
from bot.dialogue.values import Asked, scale
from bot.words import elements, limits
from bot.words.blocks import context, field, section
from bot.words.mrkdwn import Mrkdwn, md
from flows.dialogue.kinds import LARGEST_NUMBER, LONGEST
from flows.dialogue.model import NOBODY, Kind, Option, Question, Value

Json = dict[str, Any]
#: block_id to the value chosen there, already out of Slack's wrapping.
Typed = Mapping[str, Any]

MOST_DIGITS = 10  # of a number typed as text
ANSWER = "answer"  # action_id of every input that tells nothing before it is sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing to ask: a question, or one column of a line. `block` is the start of its block ids."""

    scene: Scene
    asked: Asked
    block: str
    label: str
    hint: str = ""
    optional: bool = False
    now: Value = None  # what is answered already
    action: str = ANSWER
    dispatch: bool = False  # the choice is told at once

    def input(self, element: Json, *, part: str = "", label: str = "", optional: bool | None = None) -> Json:
        """An input block of this question; `part` tells several apart."""
        return field(
            label or self.label,
            element,
            block_id=f"{self.block}:{part}" if part else self.block,
            hint="" if part else self.hint,
            optional=self.optional if optional is None else optional,
            dispatch=self.dispatch,
        )

    def intro(self) -> list[Json]:
        """The question above several inputs."""
        head = (
            section(self.scene.asked(self.asked)) if isinstance(self.asked, Question) else section(self.label)
        )
        return [head, context(self.hint)] if self.hint else [head]


@dataclass(frozen=True, slots=True)
class Widget:
    """How one kind asks, and how its value is read back from the fields whose ids start with
    the question's; `read` gets them by what follows in the id ("" for the only one)."""

    ask: Callable[[Ask], list[Json]]
    read: Callable[[Asked, Typed], Value]


def choices(scene: Scene, options: Sequence[Option]) -> list[Json]:
    """Options of content as Slack options."""
    return [elements.option(scene.w.of(option.label), option.value) for option in options]


def _words(ask: Ask) -> list[Json]:
    asked = ask.asked
    most = (asked.maximum if isinstance(asked, Question) else None) or LONGEST[asked.kind]
    now = ask.now if isinstance(ask.now, str) else None
    return [
        ask.input(elements.words(ask.action, initial=now, several_lines=asked.kind == "long_text", most=most))
    ]


def _single(ask: Ask) -> list[Json]:
    options = choices(ask.scene, ask.asked.options)
    now = ask.now if isinstance(ask.now, str) else None
    build = elements.radio if len(options) <= limits.RADIO_OPTIONS else elements.select
    return [ask.input(build(ask.action, options, initial=now))]


def _multi(ask: Ask) -> list[Json]:
    options = choices(ask.scene, ask.asked.options)
    now = [one for one in ask.now if isinstance(one, str)] if isinstance(ask.now, list) else []
    build = elements.checkboxes if len(options) <= limits.RADIO_OPTIONS else elements.multi_select
    return [ask.input(build(ask.action, options, initial=now))]


def _scale5(ask: Ask) -> list[Json]:
    options = choices(ask.scene, scale(ask.scene, ask.asked))
    return [ask.input(elements.radio(ask.action, options, initial=str(ask.now) if ask.now else None))]


def _number(ask: Ask) -> list[Json]:
    asked = ask.asked
    if asked.halves:
        return [_halves(ask)]
    least = asked.minimum if isinstance(asked, Question) else None
    most = asked.maximum
    now = ask.now if isinstance(ask.now, int) else None
    element = elements.number(ask.action, initial=now, least=least or 0, most=most or LARGEST_NUMBER)
    return [ask.input(element)]


def _halves(ask: Ask) -> Json:
    """A text field: Slack's own field for figures takes a point only, and the French write "2,5"."""
    w = ask.scene.w
    now = w.number(ask.now) if isinstance(ask.now, int | float) else ask.now
    initial = now if isinstance(now, str) else None
    hint = w("A number such as {figure}", figure=w.number(2.5))
    return ask.input(elements.words(ask.action, initial=initial, most=MOST_DIGITS, hint=hint))


def _date(ask: Ask) -> list[Json]:
    now = ask.now if isinstance(ask.now, str) else None
    return [ask.input(elements.date(ask.action, initial=now))]


def _person(ask: Ask) -> list[Json]:
    """A person of the workspace; for some questions, or somebody outside it, typed (SET16)."""
    now = ask.now if isinstance(ask.now, str) and ask.now != NOBODY else None
    if not (isinstance(ask.asked, Question) and ask.asked.external):
        return [ask.input(elements.user(ask.action, initial=now))]
    w, inside = ask.scene.w, now if now and now.isalnum() and now.isupper() else None
    outside = w("Or somebody from outside: a name and a contact")
    typed = elements.words(ask.action, initial=None if inside else now, most=200)
    return [
        ask.input(elements.user(ask.action, initial=inside), optional=True),
        ask.input(typed, part="outside", label=outside, optional=True),
    ]


def _people(ask: Ask) -> list[Json]:
    now = [one for one in ask.now if isinstance(one, str)] if isinstance(ask.now, list) else []
    return [ask.input(elements.users(ask.action, initial=now))]


def _ranking(ask: Ask) -> list[Json]:
    options = choices(ask.scene, ask.asked.options)
    now = ask.now if isinstance(ask.now, list) else []
    listed = [md(f"• {ask.scene.w.of(option.label)}") for option in ask.asked.options]
    blocks = [*ask.intro(), section(Mrkdwn("\n").join(listed))]
    for n in range(len(options)):
        initial = now[n] if n < len(now) else None
        element = elements.select(ask.action, options, initial=initial)
        blocks.append(ask.input(element, part=f"{n + 1}", label=ask.scene.w("Rank {n}", n=n + 1)))
    return blocks


def _points(ask: Ask) -> list[Json]:
    now = ask.now if isinstance(ask.now, dict) else {}
    blocks = [*ask.intro(), context(ask.scene.w.md("Give 100 points in all. An empty field counts as 0."))]
    for option in ask.asked.options:
        element = elements.number(ask.action, initial=_points_of(now, option), least=0, most=100)
        label = ask.scene.w.of(option.label)
        blocks.append(ask.input(element, part=option.value, label=label, optional=True))
    return [*blocks, _remaining(ask, sum(_points_of(now, option) or 0 for option in ask.asked.options))]


def _points_of(now: Mapping[str, Any], option: Option) -> int | None:
    """The points of one heading, saved or just typed."""
    given = str(now.get(option.value) or "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 4 else None


def _remaining(ask: Ask, total: int) -> Json:
    """What is left to give, as of the last count: Slack tells us no figure while it is typed."""
    w = ask.scene.w
    told = w.md("Given: {n} of 100. Left to give: {left}.", n=total, left=100 - total)
    if total > 100:
        told = w.md("Given: {n} of 100. Too many: {over}.", n=total, over=total - 100)
    again = elements.button(w("Count again"), "dialogue.count", value=ask.block)
    return section(told, accessory=again, block_id=f"t:{ask.block}")


def _elsewhere(ask: Ask) -> list[Json]:
    raise LookupError(f"{ask.asked.kind} is shown by bot/dialogue/rows.py or board.py")


def _one(asked: Asked, typed: Typed) -> Value:
    return typed.get("")


def _figure(asked: Asked, typed: Typed) -> Value:
    """Slack sends figures as strings, scale values too. What is no whole number is left to the check."""
    value = typed.get("")
    return (
        int(value)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10
        else value
    )


def _someone(asked: Asked, typed: Typed) -> Value:
    return typed.get("") or typed.get("outside")


def _ranks(asked: Asked, typed: Typed) -> Value:
    ranks = [typed.get(f"{n}") for n in range(1, len(asked.options) + 1)]
    return ranks if any(ranks) else None


def _by_option(asked: Asked, typed: Typed) -> Value:
    return {option.value: value for option in asked.options if (value := typed.get(option.value))} or None


def _nothing(asked: Asked, typed: Typed) -> Value:
    return None


WIDGETS: Mapping[Kind, Widget] = {
    "text": Widget(_words, _one),
    "long_text": Widget(_words, _one),
    "single": Widget(_single, _one),
    "multi": Widget(_multi, _one),
    "scale5": Widget(_scale5, _figure),
    "number": Widget(_number, _figure),
    "date": Widget(_date, _one),
    "person": Widget(_person, _someone),
    "people": Widget(_people, _one),
    "ranking": Widget(_ranking, _ranks),
    "points100": Widget(_points, _by_option),
    "rows": Widget(_elsewhere, _nothing),
    "moscow": Widget(_elsewhere, _by_option),
}
