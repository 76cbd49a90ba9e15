"""What the people of a workshop do: come and leave, put in cards, merge them, vote. Steers nothing."""

from dataclasses import replace

from flows.workshop import counting, course, speaking
from flows.workshop.course import Stage
from flows.workshop.effects import ChangeCard, DropCard, Effect, KeepCard, KeepVote, MergeCards
from flows.workshop.events import (
    Contributed,
    Deputised,
    Done,
    Joined,
    Left,
    Merged,
    Replied,
    Returned,
    Reworded,
    Voted,
    Withdrew,
)
from flows.workshop.idle import vacant
from flows.workshop.model import Card, CardKind, Participant, Seat, Workshop
from flows.workshop.quorum import quorum
from flows.workshop.reading import was_in
from flows.workshop.script import Method, Script
from flows.workshop.turn import Refusal, Turn

LONGEST = 1500  # characters of a card
#: Steps that collect something from each person: live they close once everybody has answered; in the channel
#: every step does, except where one person decides.
COLLECTS: tuple[Method, ...] = ("write", "rows", "read", "round")
#: Steps in which one card is not the end of what somebody has to say: they say themselves when it is.
OPEN_ENDED: tuple[Method, ...] = ("cards", "rows", "round", "decide", "close")


def replied(stage: Stage, workshop: Workshop, event: Replied) -> Turn:
    """Comes, or cannot: before it begins, or in the channel while it runs."""
    one = workshop.person(event.by)
    if one is None:
        return Turn(workshop=workshop, refusal="not_invited")
    seat: Seat = "coming" if event.coming else "cannot"
    if event.coming and one.seat == "here":
        return Turn(workshop=workshop, refusal="nothing")
    there = _from_now(stage, workshop, one) if event.coming else one
    return completed(stage, workshop.seated(replace(there, seat=seat)), ())


def _from_now(stage: Stage, workshop: Workshop, one: Participant) -> Participant:
    """Where people talk openly, whoever had said that they cannot come and comes after all is in the steps
    from now on: they would read what was written without them."""
    if not stage.script.behind_doors or one.seat != "cannot" or not workshop.step:
        return one
    left = range(workshop.step, len(stage.script.steps) + 1)
    return replace(one, steps=tuple(n for n in left if not one.steps or n in one.steps) or one.steps)


def joined(stage: Stage, workshop: Workshop, event: Joined) -> Turn:
    """Is here. Somebody who is known keeps their place; somebody new gets the one of the event. Where people
    talk openly nobody new comes in: they would read what was written without them."""
    known = workshop.person(event.person.user)
    if known is None and stage.script.behind_doors:
        return Turn(workshop=workshop, refusal="not_invited")
    one = _from_now(stage, workshop, known) if known is not None else event.person
    there = workshop.seated(replace(one, seat="here"))
    if not there.speaker and there.step:
        there = replace(there, speaker=speaking.first(stage.script.step(there.step), there))
    return Turn(workshop=there)


def left(stage: Stage, workshop: Workshop, event: Left) -> Turn:
    """Has gone; a vote that was cast still counts. The others do not wait for them. When it is whoever
    facilitates, everybody is told, and somebody else can take over at once."""
    one, facilitates = workshop.person(event.user), event.user == workshop.facilitator
    seated = one is not None and one.seat != "left"
    if not seated and (not facilitates or vacant(workshop)):
        return Turn(workshop=workshop, refusal="nothing")
    gone = workshop.seated(replace(one, seat="left")) if one is not None else workshop
    said: tuple[Effect, ...] = ()
    if facilitates and not vacant(gone):
        gone, said = course.told(stage, gone, "vacant")
    if gone.speaker == event.user:
        gone = speaking.next_(stage.script.step(gone.step), gone)
    return completed(stage, gone, said)


def returned(stage: Stage, workshop: Workshop, event: Returned) -> Turn:
    """Is back, as invited: in the channel they are waited for again, live once they say they are here."""
    one = workshop.person(event.user)
    if one is None or one.seat != "left":
        return Turn(workshop=workshop, refusal="nothing")
    return Turn(workshop=workshop.seated(replace(one, seat="invited")))


def deputised(stage: Stage, workshop: Workshop, event: Deputised) -> Turn:
    """Who counts as the arbiter from now on, whatever their place was before; whoever stands in and was not
    invited is from now on. An arbiter who facilitates is there, without a vote."""
    new = tuple(
        replace(one, seat="here") if one.user == workshop.facilitator else one
        for one in event.seats if workshop.person(one.user) is None
    )  # fmt: skip
    people = tuple(
        replace(one, arbiter=one.user in event.arbiters) for one in (*workshop.people, *new)
    )  # fmt: skip
    if people == workshop.people:
        return Turn(workshop=workshop, refusal="nothing")
    return Turn(workshop=replace(workshop, people=people))


def contributed(stage: Stage, workshop: Workshop, event: Contributed) -> Turn:
    """A card is put in. On a step that asks each person once, that is their answer; those who write in pairs
    put in several, one goal after the other, and each says for themselves that it is all. Who settles and
    says it again has changed their mind: the last word counts."""
    step = stage.script.step(workshop.step)
    refusal = _may_give(stage, workshop, event)
    if refusal:
        return Turn(workshop=workshop, refusal=refusal)
    given = [
        replace(one, step=step.number, author=event.by, kind=event.card.kind)
        for one in (event.card, *event.more)
    ]
    card, wrong = given[0], next(filter(None, map(_wrong, given)), "")
    if wrong:
        return Turn(workshop=workshop, problems={"text": wrong})
    there = _here(workshop, event.by)
    if card.kind == "idea" and event.by in (workshop.speaker, workshop.facilitator):
        there = speaking.next_(step, there)
    if card.kind in ("idea", "note") and step.method not in OPEN_ENDED and not step.pairs:
        there = _answered(there, event.by)
    last_word = card.kind == "decision"
    return completed(stage, there, tuple(KeepCard(card=one, instead=last_word) for one in given))


def _wrong(card: Card) -> str:
    if not card.text.strip() and not card.fields:
        return "empty"
    return "long" if len(card.text) > LONGEST else ""


def _may_give(stage: Stage, workshop: Workshop, event: Contributed) -> Refusal:
    if event.seen not in (0, workshop.move) and event.card.kind != "parked":
        return "moved"
    return may_give(stage.script, workshop, event.by, event.card.kind)


def may_give(script: Script, workshop: Workshop, user: str, kind: CardKind) -> Refusal:
    """Whether such a card may come from them now: asked before its form opens, and when it is sent."""
    person = workshop.person(user)
    if user != workshop.facilitator:
        if person is None or person.guest:
            return "not_invited" if person is None else "guest"
        if not was_in(script, workshop, user, workshop.step):
            return "not_here"
    return _of_kind(script, workshop, user, kind)


def _of_kind(script: Script, workshop: Workshop, user: str, kind: CardKind) -> Refusal:
    person, facilitates = workshop.person(user), user == workshop.facilitator
    if kind not in allowed(script, workshop):
        return "sealed" if script.step(workshop.step).sealed else "kind"
    if kind == "decision" and not (person and (person.arbiter or person.sponsor)):
        return "settles"
    if kind != "idea" or facilitates:
        return ""
    if script.behind_doors:
        return "facilitator"
    return "turn" if workshop.speaker not in ("", user) else ""


def allowed(script: Script, workshop: Workshop) -> tuple[CardKind, ...]:
    """The kinds of card that can be put in now. Nothing is added once voting is open. Where people talk
    openly nobody types notes: whoever facilitates may write down, for all, what was said aloud."""
    step = script.step(workshop.step)
    if workshop.phase == "between":
        return ("parked",) if script.behind_doors else ("parked", "to_three")
    if workshop.phase == "preparing":
        return ("parked", "idea")
    if workshop.phase == "shown" or workshop.voting or step.sealed:
        return ("parked",)
    by_method: dict[Method, tuple[CardKind, ...]] = {
        "write": ("idea",), "round": ("idea",), "rows": ("row", "note"), "decide": ("decision", "note"),
        "close": ("pleased",),
    }  # fmt: skip
    if step.elsewhere:
        return ("parked", "note")
    return ("parked", *by_method.get(step.method, () if script.behind_doors else ("note",)))


def withdrew(stage: Stage, workshop: Workshop, event: Withdrew) -> Turn:
    """Takes back a card of one's own; whoever facilitates, any."""
    return _changed(stage, workshop, DropCard(card=event.card, of=_whose(workshop, event.by)), event.by)


def reworded(stage: Stage, workshop: Workshop, event: Reworded) -> Turn:
    """Other words on a card of one's own; whoever facilitates, on any."""
    wrong = _wrong(Card(id="", step=0, kind="idea", text=event.text, fields=event.fields))
    if wrong:
        return Turn(workshop=workshop, problems={"text": wrong})
    change = ChangeCard(card=event.card, of=_whose(workshop, event.by), text=event.text, fields=event.fields)
    return _changed(stage, workshop, change, event.by)


def merged(stage: Stage, workshop: Workshop, event: Merged) -> Turn:
    """Puts alike cards together, once they can be read and before they are voted on."""
    if workshop.phase not in ("preparing", "shown"):
        return Turn(workshop=workshop, refusal="closed")
    cards = tuple(card for card in event.cards if card != event.into)
    return _changed(stage, workshop, MergeCards(cards=cards, into=event.into), event.by)


def _changed(stage: Stage, workshop: Workshop, effect: Effect, by: str) -> Turn:
    """Nothing on the table changes while it is voted on."""
    one = workshop.person(by)
    inside = one is not None and not one.guest and was_in(stage.script, workshop, by, workshop.step)
    if by != workshop.facilitator and not inside:
        return Turn(workshop=workshop, refusal="not_here")
    if workshop.voting:
        return Turn(workshop=workshop, refusal="closed")
    return Turn(workshop=workshop, effects=(effect,))


def _whose(workshop: Workshop, by: str) -> str:
    return "" if by == workshop.facilitator else by


def done(stage: Stage, workshop: Workshop, event: Done) -> Turn:
    """Has nothing to add to this step, or passes."""
    one = workshop.person(event.by)
    if event.seen != workshop.move or workshop.phase != "open" or workshop.voting:
        return Turn(workshop=workshop, refusal="moved")
    if one is None or not was_in(stage.script, workshop, event.by, workshop.step):
        return Turn(workshop=workshop, refusal="not_here")
    there = _answered(_here(workshop, event.by), event.by)
    if there.speaker == event.by:
        there = speaking.next_(stage.script.step(there.step), there)
    return completed(stage, there, ())


def voted(stage: Stage, workshop: Workshop, event: Voted) -> Turn:
    """A vote is held until the reveal, in place of an earlier one; the last one expected reveals all."""
    if not workshop.voting or workshop.ballot is None or event.ballot != workshop.ballot.number:
        return Turn(workshop=workshop, refusal="closed")
    refusal = may_vote(stage.script, workshop, event.by)
    if refusal:
        return Turn(workshop=workshop, refusal=refusal)
    wrong = counting.problems(workshop.ballot, event.vote)
    if wrong:
        return Turn(workshop=workshop, problems=wrong)
    there = _here(workshop, event.by)
    one = there.person(event.by)
    there = there.seated(replace(one, answered=event.ballot)) if one else there
    kept = KeepVote(ballot=event.ballot, user=event.by, vote=event.vote)
    if not _closes(stage, there):
        return Turn(workshop=there, effects=(kept,))
    over, effects = course.close(replace(stage, by=""), there, last={event.by: event.vote})
    return Turn(workshop=over, effects=(kept, *effects))


def may_vote(script: Script, workshop: Workshop, user: str) -> Refusal:
    """Whether they have a vote in this step: asked before its form opens, and when it is sent."""
    one = workshop.person(user)
    if user == workshop.facilitator or (one is not None and (one.guest or not one.vote)):
        return "no_vote"
    if one is None:
        return "not_invited"
    return "" if was_in(script, workshop, user, workshop.step) else "not_here"


def _here(workshop: Workshop, user: str) -> Workshop:
    """Whoever takes part is there."""
    one = workshop.person(user)
    return workshop.seated(replace(one, seat="here")) if one is not None else workshop


def _answered(workshop: Workshop, user: str) -> Workshop:
    """They have answered this step; whoever facilitates is not asked."""
    one = workshop.person(user)
    return workshop.seated(replace(one, answered=workshop.asked)) if one is not None else workshop


def completed(stage: Stage, workshop: Workshop, effects: tuple[Effect, ...]) -> Turn:
    """The phase closes by itself once everybody who is expected has answered."""
    if not _closes(stage, workshop):
        return Turn(workshop=workshop, effects=effects)
    over, more = course.close(replace(stage, by=""), workshop)
    return Turn(workshop=over, effects=(*effects, *more))


def _closes(stage: Stage, workshop: Workshop) -> bool:
    """Live only once enough have come: else the first to answer would be everybody."""
    if workshop.state != "open" or workshop.phase != "open" or not workshop.complete:
        return False
    step, live = stage.script.step(workshop.step), workshop.mode == "live"
    if live and not quorum(stage.script, workshop).enough:
        return False
    if workshop.voting:
        return True
    return not step.sealed and step.method != "decide" and (not live or step.method in COLLECTS)
