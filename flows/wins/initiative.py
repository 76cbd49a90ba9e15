"""An appropriation initiative (INI, 5.5): one line of somebody who tried something, and what becomes of it.

No jury, no ranking, no quota, and nobody corrects the spelling. What is set aside gets its reason and thanks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from flows.cadence import add_working_days
from flows.words import Words

Status = Literal["proposed", "tried", "kept", "shared", "set_aside", "withdrawn"]
Move = Literal["tried", "withdraw", "noted", "keep", "share", "set_aside"]
#: What would help (5.5).
HELP: Mapping[str, Words] = {
    "time": Words("time", "du temps"),
    "access": Words("access", "un accès"),
    "pair": Words("a pair", "un binôme"),
    "decision": Words("a decision", "une décision"),
}
STATUSES: Mapping[Status, Words] = {
    "proposed": Words("proposed", "proposée"),
    "tried": Words("tried", "essayée"),
    "kept": Words("kept", "gardée"),
    "shared": Words("shared", "partagée"),
    "set_aside": Words("set aside, with thanks", "mise de côté, avec nos remerciements"),
    "withdrawn": Words("withdrawn", "retirée"),
}
TEAM = Words("A team", "Une équipe")
PREFIX = "INI"
REPLY_WITHIN, REMIND_AFTER = 3, 2  # working days
REASON = 15  # characters of the reason for setting one aside

#: From which states each move leads where. "noted": a reply that changes no state.
_MOVES: Mapping[Move, tuple[tuple[Status, ...], Status | None]] = {
    "tried": (("proposed",), "tried"),
    "withdraw": (("proposed", "tried"), "withdrawn"),
    "noted": (("proposed", "tried", "kept", "shared"), None),
    "keep": (("proposed", "tried"), "kept"),
    "share": (("proposed", "tried", "kept"), "shared"),
    "set_aside": (("proposed", "tried"), "set_aside"),
}
#: Those that are a reply, and the states they lead to in words of the form.
REPLIES: tuple[Move, ...] = ("noted", "keep", "share", "set_aside")
AUTHORS: tuple[Move, ...] = ("tried", "withdraw")

SAY_SOMETHING = Words("Say something back, in a few words.", "Répondez quelque chose, en quelques mots.")
SAY_WHY = Words(
    "Say why it is set aside, in at least {n} characters.",
    "Dites pourquoi elle est mise de côté, en {n} caractères au moins.",
).fill(n=REASON)
NOT_NOW = Words("This is not possible any more.", "Ce n’est plus possible.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """One initiative. `author` is known so that they can be answered, and named only if they wished it."""

    number: int
    statement: str
    author: str  # Slack user id; "": they asked to be forgotten
    named: bool = False
    function: str = ""  # of the author
    help: tuple[str, ...] = ()
    status: Status = "proposed"
    answer: str = ""
    answered_by: str = ""  # Slack user id
    taken_up: tuple[str, ...] = ()  # departments that do it too; never who
    made_at: datetime  # UTC

    @property
    def ref(self) -> str:
        """What people quote: "INI-4"."""
        return f"{PREFIX}-{self.number}"

    @property
    def waits(self) -> bool:
        """Nobody has said anything back yet."""
        return not self.answer and self.status in ("proposed", "tried")


def reply_by(made: date) -> date:
    """The day by which facilitator or lead reply."""
    return add_working_days(made, REPLY_WITHIN)


def remind_on(made: date) -> date:
    """The day on which they are reminded."""
    return add_working_days(made, REMIND_AFTER)


def moves(one: Initiative) -> tuple[Move, ...]:
    """The moves that lead on from where it is."""
    return tuple(move for move, (states, _) in _MOVES.items() if one.status in states)


def take(one: Initiative, move: Move, words: str = "", *, by: str = "") -> Initiative | Words:
    """Take a move; or the sentence that says why not. A reply says something; to set one aside takes a
    reason. Who may is not decided here."""
    if move not in moves(one):
        return NOT_NOW
    said = words.strip()
    if move in REPLIES and not said:
        return SAY_SOMETHING
    if move == "set_aside" and len(said) < REASON:
        return SAY_WHY
    after = replace(one, status=_MOVES[move][1] or one.status)
    return replace(after, answer=said, answered_by=by) if move in REPLIES else after


def take_up(one: Initiative, function: str) -> Initiative:
    """Another department does it too. Its own author's doing so again changes nothing."""
    if function in (one.function, *one.taken_up):
        return one
    return replace(one, taken_up=(*one.taken_up, function))
