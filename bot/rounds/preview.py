"""The messages of a sending as they will be read: one for each kind of respondent, and who gets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.asker import Asker
from bot.parts import Parts
from bot.request import Json
from bot.rounds.invitation import Letter, paragraphs, used
from bot.rounds.more import head
from bot.rounds.offer import Offer, Share, closing
from bot.rounds.pieces import Portion, asked
from bot.words import blocks
from bot.words.mrkdwn import Mrkdwn, bold
from flows.project import Person

NAMED = 5  # people of one kind named; the rest is counted
QUOTED = 5  # questions up to which they are quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """People who get the same questions of the same piece."""

    share: Share
    portion: Portion
    people: tuple[str, ...]


def letters(
    who: Asker, found: Offer, known: Mapping[str, Person], parts: Parts, people: Sequence[str]
) -> list[Json]:
    """Each kind of message as a quotation, in the language of the one who reads."""
    rows: list[Json] = []
    met = {*found.met}
    for kind in _kinds(found, people):
        names = [known[user].name for user in kind.people]
        shown = names[:NAMED] + (
            [who.w.plural("{n} more", "{n} more", len(names) - NAMED)] if len(names) > NAMED else []
        )
        title = parts.playbook.flows[kind.share.piece.flow].title
        rows.append(blocks.section(Mrkdwn(" · ").join([bold(who.w.listed(shown)), who.w.of(title)])))
        rows.append(_quoted(who, found, parts, kind, first=not met & {*kind.people}))
        met |= {*kind.people}
    return [*rows, used(who.w)]


def _kinds(found: Offer, people: Sequence[str]) -> list[_Kind]:
    kinds: list[_Kind] = []
    for share in found.shares:
        same: dict[tuple[frozenset[str], bool], list[str]] = {}
        for user in people:
            if user in share.portions:
                key = (asked(share.portions[user]), user in share.has)
                same.setdefault(key, []).append(user)
        kinds += [
            _Kind(share=share, portion=share.portions[users[0]], people=tuple(users))
            for users in same.values()
        ]
    return kinds


def _quoted(who: Asker, found: Offer, parts: Parts, kind: _Kind, *, first: bool) -> Json:
    w, questions = who.w, kind.portion.questions
    title = parts.playbook.flows[kind.share.piece.flow].title
    closes = w.day(closing(found, parts))
    if kind.people[0] in kind.share.has:
        said = [head(w, found.project.name, title, questions, closes)]
    else:
        letter = Letter(
            w=w,
            project=found.project,
            called=w("[first name]"),
            inviter=who.person.name,
            title=title,
            questions=len(questions),
            minutes=max(kind.portion.minutes, 1),
            closes=closes,
            first=first,
        )
        said = [Mrkdwn(each["text"]["text"]) for each in paragraphs(letter)]
    if len(questions) <= QUOTED:
        said += [w.md("• {question}", question=question.words) for question in questions]
    return blocks.section(Mrkdwn("\n").join([Mrkdwn(f"> {paragraph}") for paragraph in said]))
