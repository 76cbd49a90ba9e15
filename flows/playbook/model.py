"""A playbook: all the content of one kind of project, loaded once and never changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from flows.checkin.model import CheckIn
from flows.diagnosis.model import DiagnosisModel, Rule
from flows.dialogue.minutes import minutes
from flows.dialogue.model import Flow, Question
from flows.plan import Plan
from flows.project import Audience
from flows.rhythm.calendar import Rule as CalendarRule
from flows.wins.model import WinWords
from flows.words import Words
from flows.workshop.script import Guidance, Script, Step

TEAM = Audience(roles=("team",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word shown to people, with what it means (0.9)."""

    word: Words
    means: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveScreen:
    """One screen of a wave: the line above the questions, and the questions."""

    head: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """Anonymous questions asked together, in one sitting of at most three screens (5.3)."""

    id: str  # "D06", "steering_support"
    title: Words
    intro: Words | None  # of its dialogue
    minutes: int
    screens: tuple[WaveScreen, ...]
    after: Words | None = None  # shown once the answers are sent; {coach} is the neutral coach
    audience: Audience = TEAM
    checkin: bool = False  # C01, C02, C08: every invitation offers to send no more of these
    added: WaveScreen | None = None  # questions of dialogues that may be asked with it
    steps: tuple[tuple[str, str], ...] = ()  # of the pulse: item and step, in order
    actions: Mapping[str, Words] = field(default_factory=dict)  # of the pulse: what to do about a step
    same: Mapping[str, str] = field(default_factory=dict)  # item -> the item of D07 that it asks again

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question of its screens, in order."""
        return tuple(question for screen in self.screens for question in screen.questions)

    def consent_of(self, id: str) -> str:
        """The question that says who may read the text of question `id`; "" when none does."""
        return next((each.id for each in self.questions if each.id == f"{id}a"), "")

    def is_consent(self, id: str) -> bool:
        """Whether a question says who may read the text before it."""
        return any(self.consent_of(each.id) == id for each in self.questions)

    def with_added(self, ids: Collection[str]) -> "Wave":
        """The wave with these of its added questions, on a screen before its long texts."""
        added = [q for q in self.added.questions if q.id in ids] if self.added else []
        if self.added is None or not added:
            return self
        screens = [*self.screens]
        texts = any(q.kind in ("text", "long_text") for q in screens[-1].questions)
        at = len(screens) - texts
        screens.insert(at, replace(self.added, questions=tuple(added)))
        wave = replace(self, screens=tuple(screens))
        return replace(wave, minutes=max(self.minutes, minutes(wave.questions)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of the article behind the playbook, and where the product acts on it."""

    id: str  # S1 to S94
    says: str
    at: tuple[str, ...]  # ids of content
    later: tuple[str, ...]  # ids of what is not built yet
    also: str
    left_out: str  # why it is nowhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """Flows by id, the scales, the glossary, the diagnosis, the plan and the waves."""

    flows: Mapping[str, Flow]
    labels: Mapping[str, tuple[Words, ...]]  # a scale's five labels, from 1 to 5 (0.4)
    no_answer: Words  # last choice of every anonymous scale
    glossary: tuple[Term, ...]
    diagnosis: DiagnosisModel
    plan: Plan
    waves: Mapping[str, Wave]
    criteria: Mapping[str, tuple[Words, ...]]  # K1 to K5: what to look at for each (D11)
    wins: WinWords = field(default_factory=WinWords)  # a playbook may have none
    checkins: Mapping[str, CheckIn] = field(default_factory=dict)  # C03 … C10; a playbook may have none
    calendar: tuple[CalendarRule, ...] = ()  # what is due when (5.2)
    workshops: Mapping[str, Script] = field(default_factory=dict)  # W01 … W12; a playbook may have none
    methods: Mapping[str, Guidance] = field(default_factory=dict)  # of workshops: by method, or by ballot
    boxes: Mapping[str, Wave] = field(default_factory=dict)  # sealed boxes of workshops: "worth", "W04.3"
    statements: tuple[Statement, ...] = ()  # what the playbook is made from; a playbook may have none

    def guidance(self, step: Step) -> Guidance | None:
        """What there is to say about a step; None where its method has no words."""
        return self.methods.get(step.way) or self.methods.get(step.method)

    def wave(self, what: str) -> Wave | None:
        """The content of a wave by what it is kept as: of a workshop's box also "worth#12", "W04.3#12"."""
        return self.waves.get(what) or self.boxes.get(what.partition("#")[0])

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules of the diagnosis, R01 to R69."""
        return self.diagnosis.rules
