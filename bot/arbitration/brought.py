"""What the form that brings a point to the arbiter says: read, cut to size, held against what it must say.

Keeps nothing. User input like everything that comes from a form.
"""

from dataclasses import dataclass
from typing import Any

from bot import answer, people
from bot.arbitration import subject
from bot.asker import Asker
from bot.diagnosis.quotes import FUNCTIONS
from bot.parts import Parts
from bot.request import Request
from flows.arbitration.entitled import NEUTRAL
from flows.arbitration.model import LONGEST, PAIR
from flows.project import Person

TITLE, WHY, STANCE, PROPOSAL, MINE = "title", "why", "stance", "proposal", "mine"
OTHERS, OPTIONS, CONSEQUENCE, TOUCHES, PEOPLE = "others", "options", "consequence", "functions", "people"
PROPOSED = 75  # characters of a proposal: the arbiter chooses it from a list
MOST_OTHERS, MOST_OPTIONS = 4, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What the form says, read and cut to size, with the profiles of those it names."""

    title: str
    why: str
    stance: str
    proposal: str
    mine: str
    consequence: str
    options: tuple[str, ...]
    functions: tuple[str, ...]
    others: tuple[Person, ...]
    people: tuple[Person, ...]

    @property
    def speaks(self) -> bool:
        """Whoever brings it gives a position."""
        return bool(self.mine or self.proposal or self.stance)


def neutral(who: Asker) -> bool:
    """They keep the same distance to everybody, and give no position."""
    return who.actor.user in {who.here.cast.holder(role) for role in NEUTRAL}


async def read(request: Request, parts: Parts) -> Form:
    """What was typed and chosen, with the profiles of the people named."""

    def text(name: str, most: int = LONGEST) -> str:
        return str(answer.state(request, name, name).get("value") or "").strip()[:most]

    def many(name: str, inside: str) -> list[Any]:
        found = answer.state(request, name, name).get(inside) or []
        return found if isinstance(found, list) else []

    def users(name: str) -> list[str]:
        return [user for user in many(name, "selected_users") if isinstance(user, str)][:20]

    stance = answer.state(request, STANCE, STANCE).get("selected_option") or {}
    both = await people.everybody(parts, request.workspace, (*users(OTHERS), *users(PEOPLE)))
    codes = [str(option.get("value")) for option in many(TOUCHES, "selected_options")]
    lines = [" ".join(line.split())[:PROPOSED] for line in text(OPTIONS, 900).splitlines()]
    return Form(
        title=" ".join(text(TITLE).split())[: subject.LONGEST],
        why=text(WHY),
        stance=str(stance.get("value") or ""),
        proposal=text(PROPOSAL, PROPOSED),
        mine=text(MINE),
        consequence=text(CONSEQUENCE),
        options=tuple(line for line in lines if line)[:MOST_OPTIONS],
        functions=tuple(code for code in codes if code in FUNCTIONS),
        others=tuple(both[user] for user in users(OTHERS)),
        people=tuple(both[user] for user in users(PEOPLE)),
    )


def errors(who: Asker, held: dict[str, str], said: Form) -> dict[str, str]:
    """What is to be corrected, by field."""
    w = who.w
    found: dict[str, str] = {}
    pair = held.get("about", "") in PAIR
    if not held.get("about") and not said.title:
        found[TITLE] = w("Say in one line what is to be settled.")
    if not neutral(who) and said.speaks:
        if not said.mine:
            found[MINE] = w("Say why, in your own words.")
        if pair and not said.stance:
            found[STANCE] = w("Choose where you stand.")
        if not pair and not said.proposal:
            found[PROPOSAL] = w("Say in a few words what you propose.")
    if problem := _people(who, said):
        found[OTHERS] = problem
    if not said.consequence:
        found[CONSEQUENCE] = w("Say what happens if nobody decides.")
    return found


def _people(who: Asker, said: Form) -> str:
    """What is wrong with those who are named."""
    w, cast = who.w, who.here.cast
    apart = {cast.holder(role) for role in NEUTRAL}
    for person in said.others:
        if person.is_bot or person.deleted:
            return w("{name} cannot be asked: choose somebody else.", name=person.name)
        if person.user in apart:
            return w("{name} stays neutral, and defends no side.", name=person.name)
        if person.user == who.actor.user:
            return w("Your own words stand above: name somebody who sees it otherwise.")
    sides = len(said.others) + (said.speaks and not neutral(who))
    if sides < 2:
        return w("Two sides at least: name {n} more.", n=2 - sides)
    return ""
