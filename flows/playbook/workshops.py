"""The twelve workshops: the shape of their file, what is wrong with it, and the types they become."""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, Field

from flows.dialogue.model import Question
from flows.playbook.build import audience
from flows.playbook.model import Wave, WaveScreen
from flows.playbook.review import Finding, roles
from flows.playbook.schema import Strict, Text
from flows.project import Audience, Role
from flows.words import Words
from flows.workshop.script import BALLOTS, BallotKind, Guidance, Method, Script, Step

ALL = "all"  # how content names the one cut line of dots that have no groups
#: The questions of the two sealed boxes (5.3): the score at the end, what is written in a sealed step.
WORTH, WRITTEN = "WRT01", "WRT02"
WORTH_TITLE = Words("Worth your time?", "Temps bien employé ?")
UNSIGNED = Words(
    "Unsigned: one line for each idea, five at most. Shown to the group, shuffled, at the end of the step.",
    "Sans signature : une ligne par idée, cinq au plus. Montré au groupe, mélangé, à la fin de l’étape.",
)
LONGEST = 1500


class MethodText(Strict):
    """What whoever facilitates reads about one method."""

    name_en: Text
    name_fr: Text
    say_en: Text
    say_fr: Text
    then_en: Text
    then_fr: Text


class StepText(Strict):
    """One step, written `[minutes, hours, method, EN, FR]` with a mapping of the rest as sixth element."""

    minutes: int = Field(ge=1)
    hours: int = Field(ge=0)
    method: Method
    en: Text
    fr: Text
    ballot: BallotKind | None = None
    keep: dict[str, int] = Field(default={})
    pairs: bool = False
    sealed: bool = False
    gather: bool = False
    private: bool = False
    asks: list[Text] = Field(default=[])


PARTS = ("minutes", "hours", "method", "en", "fr")


def _step(raw: Any) -> Any:
    if not isinstance(raw, list) or len(raw) not in (len(PARTS), len(PARTS) + 1):
        raise ValueError("a step is [minutes, hours, method, EN, FR], with a mapping as sixth element")
    more = raw[len(PARTS)] if len(raw) > len(PARTS) else {}
    if not isinstance(more, Mapping):
        raise ValueError("the sixth element of a step is a mapping")
    return {**dict(zip(PARTS, raw, strict=False)), **more}


class ScriptText(Strict):
    """One workshop."""

    id: Annotated[Text, Field(pattern=r"^W\d\d$")]
    title_en: Text
    title_fr: Text
    goal_en: Text
    goal_fr: Text
    needs: list[Text]
    who: Text
    roles: list[Text] = Field(min_length=1)
    only: dict[Text, list[int]] = Field(default={})
    guests: list[int] = Field(default=[])
    quorum: Text = "team"
    decides: bool
    live_minutes: int
    rules_en: Text | None = None
    rules_fr: Text | None = None
    steps: list[Annotated[StepText, BeforeValidator(_step)]] = Field(min_length=1)
    close_en: Text
    close_fr: Text
    outputs_en: Text
    outputs_fr: Text


class ScoreText(Strict):
    """The anonymous question at the end of every workshop."""

    en: Text
    fr: Text


class WorkshopsText(Strict):
    """The file of workshops."""

    methods: dict[Text, MethodText]
    worth: ScoreText
    workshops: list[ScriptText]


def scripts(text: WorkshopsText) -> dict[str, Script]:
    """The scripts by id."""
    return {one.id: _script(one) for one in text.workshops}


def guidance(text: WorkshopsText) -> dict[str, Guidance]:
    """What there is to say about each method, by its name; and about a ballot that is not a method's own."""
    return {
        name: Guidance(
            name=Words(said.name_en, said.name_fr), say=Words(said.say_en, said.say_fr),
            then=Words(said.then_en, said.then_fr),
        )
        for name, said in text.methods.items()
    }  # fmt: skip


def boxes(text: WorkshopsText) -> dict[str, Wave]:
    """The small waves of workshops (5.3): "worth", and one for each sealed step ("W04.3")."""
    found = {"worth": _box("worth", WORTH_TITLE, _asked(WORTH, Words(text.worth.en, text.worth.fr)))}
    for one in text.workshops:
        for number, step in enumerate(one.steps, start=1):
            if step.sealed:
                key, title = f"{one.id}.{number}", Words(one.title_en, one.title_fr)
                found[key] = _box(key, title, _asked(WRITTEN, Words(step.en, step.fr)))
    return found


def findings(text: WorkshopsText, known: Collection[str], asked: Collection[str]) -> Iterator[Finding]:
    """Minutes add up, roles, steps, dialogues and questions exist, every method has its words, and every
    workshop ends with its closing. `known`: what may be needed before; `asked`: ids of questions."""
    yield from _methods(text)
    ids = [one.id for one in text.workshops]
    for number, one in enumerate(text.workshops):
        place = ("workshops", number)
        if one.id in ids[:number]:
            yield place, f"{one.id} is written twice"
        if sum(step.minutes for step in one.steps) != one.live_minutes:
            total = sum(step.minutes for step in one.steps)
            yield place, f"the steps of {one.id} take {total} minutes, not {one.live_minutes}"
        if [at for at, step in enumerate(one.steps, start=1) if step.method == "close"] != [len(one.steps)]:
            yield place, f"{one.id} ends with one step “close”, and only there"
        for id in one.needs:
            if id not in (*known, *ids):
                yield (*place, "needs"), f"{one.id} needs {id}, which does not exist"
        yield from _people(one, place)
        for at, step in enumerate(one.steps):
            yield from _review(step, asked, (*place, "steps", at))


def _methods(text: WorkshopsText) -> Iterator[Finding]:
    methods = get_args(Method)
    yield from (
        (("methods",), f"nothing is said about the method {m}") for m in methods if m not in text.methods
    )
    for name in text.methods:
        if name not in (*methods, *get_args(BallotKind)):
            yield ("methods", name), f"no method is called {name}"


def _people(one: ScriptText, place: tuple[str | int, ...]) -> Iterator[Finding]:
    yield from roles(", ".join(one.roles), (*place, "roles"))
    yield from roles(", ".join([*one.only, one.quorum]), (*place, "only"))
    for number in (*one.guests, *(number for steps in one.only.values() for number in steps)):
        if not 1 <= number <= len(one.steps):
            yield place, f"{one.id} has no step {number}"
    if bool(one.rules_en) != bool(one.rules_fr):
        yield place, "rules are needed in both languages, or in none"


def _review(step: StepText, asked: Collection[str], place: tuple[str | int, ...]) -> Iterator[Finding]:
    for id in step.asks:
        if id not in asked:
            yield place, f"question {id} does not exist"
    if (step.pairs or step.private) and step.method != "write":
        yield place, "pairs and private are for steps in which people write"
    if step.sealed and step.method not in ("write", "show"):
        yield place, "sealed is for steps in which people write, or look at something together"
    if step.gather and step.ballot is None and step.method not in BALLOTS:
        yield place, "only what is voted on is gathered first"
    if step.keep and BALLOTS.get(step.method) != "dots":
        yield place, "only dots have something to keep"


def _script(text: ScriptText) -> Script:
    return Script(
        id=text.id,
        title=Words(text.title_en, text.title_fr),
        goal=Words(text.goal_en, text.goal_fr),
        needs=tuple(text.needs),
        who=text.who,
        roles=audience(", ".join(text.roles)).roles,
        only={_role(name): tuple(steps) for name, steps in text.only.items()},
        guests=tuple(text.guests),
        quorum=_role(text.quorum),
        decides=text.decides,
        minutes=text.live_minutes,
        rules=Words(text.rules_en, text.rules_fr) if text.rules_en and text.rules_fr else None,
        steps=tuple(_built(step, number) for number, step in enumerate(text.steps, start=1)),
        close=Words(text.close_en, text.close_fr),
        outputs=Words(text.outputs_en, text.outputs_fr),
    )


def _role(name: str) -> Role:
    return audience(name).roles[0]


def _built(text: StepText, number: int) -> Step:
    return Step(
        number=number,
        minutes=text.minutes,
        hours=text.hours,
        method=text.method,
        words=Words(text.en, text.fr),
        ballot=text.ballot or BALLOTS.get(text.method),
        keep={"" if group == ALL else group: most for group, most in text.keep.items()},
        pairs=text.pairs,
        sealed=text.sealed,
        gather=text.gather,
        private=text.private,
        questions=tuple(text.asks),
    )


def _box(id: str, title: Words, question: Question) -> Wave:
    head = UNSIGNED if question.kind == "long_text" else question.words
    return Wave(
        id=id, title=title, intro=None, minutes=1, screens=(WaveScreen(head=head, questions=(question,)),)
    )


def _asked(id: str, words: Words) -> Question:
    """One anonymous question; who is asked is decided by the workshop."""
    scale = id == WORTH
    return Question(
        id=id, kind="scale5" if scale else "long_text", words=words, why=Words.same(""), short=words,
        visibility="anonymous", audience=Audience(roles=("team_all",)), mode="dm",
        labels="agree" if scale else None, maximum=None if scale else LONGEST, idk_owner="none",
        records=("answer",),
    )  # fmt: skip
