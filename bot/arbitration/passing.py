"""What else can be done with a case: one's own words, "Not my point", a party, something missing, a delegate,
back to whoever passed it on, taken back."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot import answer, forms, people
from bot.arbitration import deeds, told
from bot.arbitration.deciding import not_yours, over, wording
from bot.arbitration.hearing import Hearing, hearing
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from flows.arbitration.entitled import may_settle
from flows.arbitration.life import options
from flows.arbitration.model import LONGEST, Position
from storage.database import Connection

SAY, NEED, DELEGATE = "arbitration.say", "arbitration.need", "arbitration.delegate"
STANCE, PROPOSAL, MINE, MISSING, WHO = "stance", "proposal", "mine", "missing", "who"
PROPOSED = 75

Do = Callable[[Request, Parts, Hearing], Awaitable[Reply]]


def about(do: Do, *, decider: bool = False) -> Callable[[Request, Parts], Awaitable[Reply]]:
    """A handler of a gesture about one case that is still open, by somebody it concerns."""

    async def handle(request: Request, parts: Parts) -> Reply:
        held = forms.held(answer.metadata(request)) if request.kind == "view" else {}
        id = held.get("case") or answer.chosen(request).rpartition(":")[2]
        found = await parts.db.read(hearing, parts, workspace=request.workspace, id=id, reader=request.user)
        if found is None or not found.concerns(request.user):
            w = await wording(request, parts)
            if found is not None and found.readable(request.user) and decider:
                return answer.tell(request, parts, found.w, not_yours(found))
            return answer.tell(request, parts, w, w.of(NOTHING_THERE))
        if not found.case.live:
            return answer.tell(request, parts, found.w, over(found))
        if decider and request.user not in found.case.deciders:
            return answer.tell(request, parts, found.w, not_yours(found))
        return await do(request, parts, found)

    return handle


async def menu(request: Request, parts: Parts) -> Reply:
    """The menu beside [Decide]."""
    what = answer.chosen(request).partition(":")[0]
    return await MENU[what](request, parts) if what in MENU else Reply()


async def say(request: Request, parts: Parts, found: Hearing) -> Reply:
    """[Say it in my words], [Change my words]."""

    async def build() -> Json:
        return _words(found, request.user)

    return answer.show(request, parts, found.w, found.case.ref, build)


async def said(request: Request, parts: Parts, found: Hearing) -> Reply:
    """Their words stand in the case."""
    w = found.w
    stance = str((answer.state(request, STANCE, STANCE).get("selected_option") or {}).get("value") or "")
    proposal = str(answer.state(request, PROPOSAL, PROPOSAL).get("value") or "").strip()[:PROPOSED]
    mine = str(answer.state(request, MINE, MINE).get("value") or "").strip()[:LONGEST]
    if found.case.pair and stance not in found.case.scale:
        return _wrong({STANCE: w("Choose where you stand.")})
    if not mine:
        return _wrong({MINE: w("Say why, in your own words.")})
    position = Position(
        author=request.user, state="said", proposal=proposal, words=mine, option=stance,
        said_at=parts.clock.now(),
    )  # fmt: skip
    return await _done(
        request, parts, found, deeds.speak, said=position, told_=w("Your words stand as you wrote them.")
    )


async def not_mine(request: Request, parts: Parts, found: Hearing) -> Reply:
    """[Not my point]."""
    position = Position(author=request.user, state="declined")
    words = found.w("Noted: no position is recorded in your name.")
    return await _done(request, parts, found, deeds.speak, said=position, told_=words)


async def party(request: Request, parts: Parts, found: Hearing) -> Reply:
    """I am a party to this."""
    words = found.w("Noted. It goes to whoever replaces you, and everybody concerned is told.")
    return await _done(request, parts, found, deeds.party, user=request.user, told_=words)


async def back(request: Request, parts: Parts, found: Hearing) -> Reply:
    """Hand it back."""
    words = found.w("It is back with whoever passed it on to you.")
    return await _done(request, parts, found, deeds.hand_back, user=request.user, told_=words)


async def withdraw(request: Request, parts: Parts, found: Hearing) -> Reply:
    """[We agree now: take it back]."""
    words = found.w("Taken back. Nothing is asked of anybody any more.")
    return await _done(request, parts, found, deeds.withdraw, user=request.user, told_=words)


async def need(request: Request, parts: Parts, found: Hearing) -> Reply:
    """I need more before deciding: a form."""
    w = found.w
    hint = w("The facilitator and everybody concerned read it. The date stays.")
    text = elements.words(MISSING, several_lines=True, most=LONGEST)
    rows = [
        blocks.section(told.head(found)),
        blocks.field(w("What is missing?"), text, block_id=MISSING, hint=hint),
    ]
    return _put(request, parts, found, NEED, w("What is missing?"), rows, w("Ask for it"))


async def needed(request: Request, parts: Parts, found: Hearing) -> Reply:
    """What is missing is shown with the case."""
    words = str(answer.state(request, MISSING, MISSING).get("value") or "").strip()[:LONGEST]
    if not words:
        return _wrong({MISSING: found.w("Say what is missing.")})
    return await _done(
        request, parts, found, deeds.need, user=request.user, words=words,
        told_=found.w("Asked. It is shown with the point, and the date stays."),
    )  # fmt: skip


async def delegate(request: Request, parts: Parts, found: Hearing) -> Reply:
    """Delegate this one: a form."""
    w = found.w
    hint = w("They may hand it back. You can still settle it yourself.")
    rows = [
        blocks.section(told.head(found)),
        blocks.field(w("Who settles it in your place?"), elements.user(WHO), block_id=WHO, hint=hint),
    ]
    return _put(request, parts, found, DELEGATE, w("Delegate this one"), rows, w("Delegate"))


async def delegated(request: Request, parts: Parts, found: Hearing) -> Reply:
    """Somebody else settles it."""
    w, to = found.w, answer.state(request, WHO, WHO).get("selected_user")
    if not isinstance(to, str) or not to:
        return _wrong({WHO: w("Choose a person.")})
    person = await people.known(parts, request.workspace, to)
    if person.is_bot or person.deleted:
        return _wrong({WHO: w("{name} cannot be asked: choose somebody else.", name=person.name)})
    if to == request.user or not may_settle(found.project.cast, found.case, to):
        return _wrong(
            {WHO: w("{name} is a party to this, or stays neutral: choose somebody else.", name=person.name)}
        )
    words = w("{name} settles it in your place, and may hand it back.", name=person.name)
    return await _done(request, parts, found, deeds.delegate, user=request.user, to=to, told_=words)


def _words(found: Hearing, user: str) -> Json:
    """The form for one side: the same room for each."""
    w, case = found.w, found.case
    mine = next((one for one in case.positions if one.author == user), None)
    rows = [
        blocks.context(w.md("*Named.* Your words reach whoever settles it as you write them.")),
        blocks.header(w.of(case.title)),
    ]
    rows += told.question(found)
    if case.pair:
        points = [elements.option(w.of(one.words), one.key) for one in options(case)]
        stands = elements.select(STANCE, points, initial=mine.option if mine else None)
        rows.append(blocks.field(w("Where do you stand?"), stands, block_id=STANCE))
    else:
        line = elements.words(PROPOSAL, initial=mine.proposal if mine else "", most=PROPOSED)
        rows.append(blocks.field(w("What do you propose?"), line, block_id=PROPOSAL))
    text = elements.words(MINE, initial=mine.words if mine else "", several_lines=True, most=LONGEST)
    rows.append(blocks.field(w("Why, in your own words"), text, block_id=MINE))
    return blocks.modal(
        case.ref, rows, callback_id=SAY, submit=w("Send"), close=w("Not now"),
        metadata=forms.packed(case=case.id),
    )  # fmt: skip


def _put(  # noqa: PLR0913, PLR0917 - a small form
    request: Request, parts: Parts, found: Hearing, callback: str, title: str, rows: list[Json], submit: str
) -> Reply:
    w = found.w

    async def build() -> Json:
        return blocks.modal(
            title[:24], rows, callback_id=callback, submit=submit, close=w("Not now"),
            metadata=forms.packed(case=found.case.id),
        )  # fmt: skip

    return answer.show(request, parts, w, title[:24], build)


async def _done(
    request: Request,
    parts: Parts,
    found: Hearing,
    deed: Callable[..., deeds.Done],
    *,
    told_: str,
    **named: Any,
) -> Reply:
    """Do it, and say so; or say what it is now, when somebody was faster."""
    done: deeds.Done = await parts.db.run(
        _deed,
        deed=deed,
        parts=parts,
        workspace=request.workspace,
        id=found.case.id,
        now=parts.clock.now(),
        **named,
    )
    parts.wake()
    if done.changed or done.case == found.case:
        return answer.tell(request, parts, found.w, told_)
    again = await parts.db.read(
        hearing, parts, workspace=request.workspace, id=found.case.id, reader=request.user
    )
    return answer.tell(request, parts, found.w, over(again) if again else found.w.of(NOTHING_THERE))


def _deed(conn: Connection, /, *, deed: Callable[..., deeds.Done], **named: Any) -> deeds.Done:
    return deed(conn, **named)


def _wrong(errors: dict[str, str]) -> Reply:
    return Reply(ack={"response_action": "errors", "errors": errors})


MENU = {
    "party": about(party, decider=True),
    "need": about(need, decider=True),
    "delegate": about(delegate, decider=True),
    "back": about(back, decider=True),
}
ACTIONS: dict[str, Any] = {
    "arbitration.menu": menu,
    "arbitration.say": about(say),
    "arbitration.not": about(not_mine),
    "arbitration.withdraw": about(withdraw),
}
VIEWS: dict[str, Any] = {
    SAY: about(said),
    NEED: about(needed, decider=True),
    DELEGATE: about(delegated, decider=True),
}
