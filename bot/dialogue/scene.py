"""Everything a page of a dialogue is drawn from: content, one person's sheet, words, names, dates.

Read in one transaction, drawn afterwards. Decides nothing and asks nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.words.mrkdwn import Mrkdwn, bold, line, md, mention
from bot.words.text import Wording
from flows.dialogue import cases
from flows.dialogue.delegation import Delegation
from flows.dialogue.model import Dialogue, Flow, Question, Screen
from flows.dialogue.path import Progress, path, progress
from flows.project import Project
from storage.dialogue import Run


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What one person's pages of one dialogue need."""

    flow: Flow
    dialogue: Dialogue
    project: Project
    w: Wording
    today: date  # in the project's zone
    names: Mapping[str, str] = field(default_factory=dict)  # user id -> display name
    refs: Mapping[str, str] = field(default_factory=dict)  # question id -> open point "ISS-6"
    made: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # question id -> records, with `refs`
    run: Run | None = None  # as it was read; none before the set-up has been saved for the first time
    done: bool = False  # the person has pressed "I'm done"
    lent: Delegation | None = None  # who reads this is a colleague of `dialogue.person`, who asked them
    wanted: Mapping[str, date] = field(default_factory=dict)  # question id -> when a colleague was to answer

    @cached_property
    def path(self) -> tuple[Screen, ...]:
        """This person's screens."""
        return path(self.flow, self.dialogue)

    @cached_property
    def laid_out(self) -> tuple[Screen, ...]:
        """Every screen of the flow as the register lays it out, whoever is asked."""
        return cases.laid_out(self.flow, self.dialogue)

    @cached_property
    def telling(self) -> frozenset[str]:
        """The questions on whose answer another question of the same screen, or its choices, hang."""
        return frozenset(
            asked
            for screen in self.laid_out
            for question in screen.questions
            for condition in (*question.show_if, *(o.show_if for o in question.options if o.show_if))
            for asked in (cases.same(condition.question, question), condition.question)
            if any(one.id == asked for one in screen.questions)
        )

    @cached_property
    def progress(self) -> Progress:
        """How far this person is."""
        return progress(self.flow, self.dialogue)

    def screen(self, key: str) -> Screen | None:
        """The screen called `key`, when it is on this person's path."""
        return next((screen for screen in self.path if screen.key == key), None)

    def whole(self, key: str) -> Screen | None:
        """The screen called `key` with all its questions, follow-ups that are not asked yet included."""
        return next((screen for screen in self.laid_out if screen.key == key), None)

    def position(self, key: str) -> int:
        """1 for the first screen of the path, 2 for the second …; 0 for none of them."""
        return next((n for n, screen in enumerate(self.path, start=1) if screen.key == key), 0)

    def question(self, id: str) -> Question | None:
        """A question of the path, complete, whichever screens ask for it."""
        asked = [q for screen in self.path for q in screen.questions if q.id == id]
        return max(asked, key=lambda q: len(q.columns)) if asked else None

    def known(self, id: str) -> Question | None:
        """A question as it is asked here, about its record; also one that is not asked now."""
        every = cases.every(self.flow, self.dialogue)
        found = self.question(id) or next((one for one in every if one.id == id), None)
        return found or self.flow.question(id)

    def name(self, user: str) -> str:
        """A display name as plain text; the id when it is not known."""
        return line(self.names.get(user) or user)

    def person(self, user: str) -> Mrkdwn:
        """A display name in markup; where it is not known Slack shows it."""
        return md(self.names[user]) if self.names.get(user, user) != user else mention(user)

    def asked(self, question: Question) -> Mrkdwn:
        """The question in bold."""
        return bold(self.w.of(question.words))
