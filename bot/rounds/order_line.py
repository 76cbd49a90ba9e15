"""What was typed after `/cadrage dialogue D04`, as the form of a sending shows it: ticks, day, sentences.

Nothing typed is lost: for each thing that cannot be used a sentence quotes it and says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.rounds.offer import Offer, able
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording
from flows.order_line import Odd, OrderLine
from flows.project import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """What the form starts with. `users`: None where nobody was typed, and everybody is ticked as usual."""

    users: tuple[str, ...] | None = None
    until: date | None = None
    said: tuple[Mrkdwn, ...] = ()


def preset(w: Wording, found: Offer, known: Mapping[str, Person], typed: OrderLine) -> Preset:
    """The line, held against what would be sent. `known`: also those who were mentioned."""
    said = [_odd(w, known, one) for one in typed.odd]
    why = {user: _why_not(w, found, known, user) for user in typed.users}
    said += [sentence for sentence in why.values() if sentence is not None]
    until = typed.until
    if until is not None and until <= found.table.today:
        said.append(w.md("{day} is past, or today: choose a later day to answer.", day=w.day(until)))
        until = None
    named = any(one.why != "no day" for one in typed.odd) or bool(typed.users)
    users = tuple(user for user, sentence in why.items() if sentence is None) if named else None
    return Preset(users=users, until=until, said=tuple(said))


def _why_not(w: Wording, found: Offer, known: Mapping[str, Person], user: str) -> Mrkdwn | None:
    """Why somebody who was typed cannot be asked; None when they can."""
    person, project = known[user], found.project
    if person.is_bot:
        return w.md("{name} is a bot: it answers no questions.", name=person.name)
    if person.deleted:
        return w.md("{name} has left Slack: no message would reach them.", name=person.name)
    if user not in project.cast.everybody():
        return w.md(
            "{name} is not in this project. Name them in *Team and roles* first, or ask somebody else.",
            name=person.name,
        )
    if user in found.people and able(project, known, user):
        return None
    if any(user in share.has for share in found.shares):
        return w.md("{name} has it already. Home lets you nudge.", name=person.name)
    return w.md("{name} has no question in it.", name=person.name)


def _odd(w: Wording, known: Mapping[str, Person], one: Odd) -> Mrkdwn:
    match one.why:
        case "nobody":
            return w.md("Nobody in this project is called “{typed}”.", typed=one.typed[:60])
        case "several":
            names = w.listed([known[user].name for user in one.people])
            return w.md("“{typed}” may be {names}: tick the one you mean.", typed=one.typed[:60], names=names)
        case "no day":
            return w.md(
                "“{typed}” is no day I can read. Type 30/11, 2026-11-30 or Friday, or choose below.",
                typed=one.typed[:60],
            )
