"""The shape of content files, checked by pydantic. Knows nothing of the dialogue core's types."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from flows.dialogue.model import Kind, Mode, Visibility

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}[0-9]{2}[a-z]?$")]
#: Slack's ceilings that content respects (0.4).
OptionLabel = Annotated[Text, StringConstraints(max_length=75)]
ModalTitle = Annotated[Text, StringConstraints(max_length=24)]
COLUMN_PARTS, SCALE_POINTS = 5, 5


class Strict(BaseModel):
    """No unknown keys: a misspelt key would otherwise be silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ConditionText(Strict):
    """`{question: SET02, in: [replace, relaunch]}`: exactly one test. `named` is the name of a
    predicate in flows/dialogue/predicates.py."""

    question: Id
    is_: str | int | None = Field(default=None, alias="is")
    is_not: str | int | None = None
    in_: list[str | int] | None = Field(default=None, alias="in")
    at_least: int | None = None
    given: Literal[True] | None = None
    named: Text | None = None

    @model_validator(mode="after")
    def one_test(self) -> Self:
        """A condition has exactly one of the six forms."""
        tests = (self.is_, self.is_not, self.in_, self.at_least, self.given, self.named)
        if sum(test is not None for test in tests) != 1:
            raise ValueError("a condition has exactly one of is, is_not, in, at_least, given, named")
        return self


class OptionText(Strict):
    """One choice, written `[value, EN, FR]` with a score or a condition as fourth element."""

    value: Text
    en: OptionLabel
    fr: OptionLabel
    score: float | None = None
    show_if: ConditionText | None = None


def _option(raw: Any) -> Any:
    if not isinstance(raw, list) or len(raw) not in (3, 4):
        raise ValueError("an option is [value, EN, FR], with a score or a condition as fourth element")
    option = dict(zip(("value", "en", "fr"), raw, strict=False))
    if len(raw) > 3:
        option["show_if" if isinstance(raw[3], dict) else "score"] = raw[3]
    return option


Choice = Annotated[OptionText, BeforeValidator(_option)]


class ColumnText(Strict):
    """One column of rows, written `[key, type, EN, FR, required]`, and when it needs more a sixth
    element: `{lab: quality}`, `{max: 100}`, `{halves: true}`, `{opts_from: tradeoff}`."""

    key: Text
    type: Kind
    en: Text
    fr: Text
    required: bool
    lab: Text | None = None
    max: int | None = None
    halves: bool = False
    opts_from: Text | None = None


def _column(raw: Any) -> Any:
    if not isinstance(raw, list) or len(raw) not in (COLUMN_PARTS, COLUMN_PARTS + 1):
        raise ValueError("a column is [key, type, EN, FR, required]")
    column = dict(zip(("key", "type", "en", "fr", "required"), raw, strict=False))
    return {**column, **raw[COLUMN_PARTS]} if len(raw) > COLUMN_PARTS else column


class AskedText(Strict):
    """What is asked. What is absent is the dialogue's, or the default of 2.0. `opts_set`
    names choices of the dialogue's `option_sets`, or of the `followup_options` that all share."""

    type: Kind
    en: Text
    fr: Text
    why_en: Text
    why_fr: Text
    short_en: Text | None = None
    short_fr: Text | None = None
    who: Text | None = None
    mode: Mode | None = None
    vis: Visibility | None = None
    req: Literal["hard", False] | None = None
    idk: Text | None = None
    lab: Text | None = None
    min: int | None = None
    max: int | None = None
    opts: list[Choice] = []
    opts_set: Text | None = None
    cols: list[Annotated[ColumnText, BeforeValidator(_column)]] = []
    none_en: Text | None = None
    none_fr: Text | None = None
    show_if: list[ConditionText] = []
    part: Text | None = None
    seen_by: list[Text] = []
    check: list[Text] = []
    rec: list[Text] = Field(min_length=1)
    fill: Text | None = None
    external: bool = False
    compare: bool = False
    likely_rows: int = 1
    per: Text | None = None
    cases: Text | None = None
    opts_from: Text | None = None
    phrase: Text | None = None


class QuestionText(AskedText):
    """One question. `follow` names a set of follow-ups of the dialogue's `followup_sets`."""

    id: Id
    follow: Text | None = None


class FollowupText(AskedText):
    """A question asked right after one that has the value `when`, under its id with a letter; seen by
    and asked of the same people."""

    suffix: Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
    when: list[Text] = Field(min_length=1)


#: A question of a screen, or `{SET13: [person]}`: only some of its columns are asked there.
Place = Id | dict[Id, list[Text]]


class ScreenText(Strict):
    """Questions asked together."""

    key: Text
    title_en: ModalTitle | None = None
    title_fr: ModalTitle | None = None
    note_en: Text | None = None
    note_fr: Text | None = None
    questions: list[Place] = Field(min_length=1)


class CardText(Strict):
    """A leader card: shown when its question has the value `when`."""

    id: Text
    question: Id
    when: Text
    strength_en: Text
    strength_fr: Text
    blind_en: Text
    blind_fr: Text
    guard_en: Text
    guard_fr: Text


class RouteText(Strict):
    """One line of the table of routes: `when` is the name of a test of flows/route.py."""

    when: Text
    then: Text
    en: Text
    fr: Text


class FlowText(Strict):
    """One dialogue file."""

    dialogue: Annotated[str, StringConstraints(pattern=r"^D[0-9]{2}$")]
    title_en: Text
    title_fr: Text
    modal_en: ModalTitle
    modal_fr: ModalTitle
    purpose: Text
    who: Text
    mode: Mode
    minutes: int
    vis: Visibility
    idk_owner: Text | None = None
    family: Literal[1, 2, 3, 4] = 4
    intro_en: Text
    intro_fr: Text
    screens: list[ScreenText] = []
    questions: list[QuestionText] = Field(min_length=1)
    leader_cards: list[CardText] = []
    option_sets: dict[str, list[Choice]] = {}
    followup_sets: dict[str, list[FollowupText]] = {}
    route_rules: list[RouteText] = []
    criteria_checks: dict[str, list[tuple[Text, Text]]] = {}


class TermText(Strict):
    """One line of the glossary."""

    en: Text
    fr: Text
    means_en: Text
    means_fr: Text


Label = tuple[int, OptionLabel, OptionLabel]


class WordsText(Strict):
    """The words every dialogue shares."""

    labels: dict[str, Annotated[list[Label], Field(min_length=SCALE_POINTS, max_length=SCALE_POINTS)]]
    no_answer: tuple[OptionLabel, OptionLabel]
    column_options: dict[str, list[Choice]]
    followup_options: dict[str, list[Choice]] = {}
    glossary: list[TermText]
