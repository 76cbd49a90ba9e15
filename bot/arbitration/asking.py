"""Bring a point to the arbiter: one's own words, who sees it otherwise, what happens if nobody decides.

Somebody who keeps the same distance to everybody (facilitator, coach) brings a point without a position of
their own. Whoever is named gives their own words; nobody writes them for them.
"""

from typing import Any

from bot import answer, asker, forms
from bot.arbitration import brought, deeds, pages, subject
from bot.arbitration.brought import (
    CONSEQUENCE,
    MINE,
    MOST_OPTIONS,
    MOST_OTHERS,
    OPTIONS,
    OTHERS,
    PEOPLE,
    PROPOSAL,
    PROPOSED,
    STANCE,
    TITLE,
    TOUCHES,
    WHY,
    Form,
    neutral,
)
from bot.arbitration.hearing import Hearing, of, scale
from bot.arbitration.subject import NOWHERE, Subject
from bot.asker import Asker
from bot.diagnosis.quotes import FUNCTIONS
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Deny
from bot.request import Json, Reply, Request
from bot.verbs import parse
from bot.words import blocks, elements
from flows.arbitration.model import LONGEST, PAIR, Case, Position
from flows.words import Words
from storage import arbitration, inbox
from storage.database import Connection

CALLBACK = "arbitration.bring"


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage arbitrate`: what waits, and the list of what can be brought; with a number or words: the
    form about it."""
    rest = parse(str(request.payload.get("text") or "")).rest
    if not rest:
        return await pages.opened(request, parts)
    who = await asker.asker(request, parts)
    return await _form(request, parts, who, " ".join(rest))


async def chosen(request: Request, parts: Parts) -> Reply:
    """Something was chosen from the list, or [Needs a decision] was pressed on a page or a reminder."""
    project_id, _, about = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    return await _form(request, parts, who, "" if about == NOWHERE else about)


async def _form(request: Request, parts: Parts, who: Asker, about: str) -> Reply:
    if isinstance(verdict := who.may("arbitration.bring"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(form, parts=parts, who=who, about=about, nonce=request.trigger_id)

    return answer.show(request, parts, who.w, who.w("To be settled"), build)


def form(conn: Connection, *, parts: Parts, who: Asker, about: str, nonce: str) -> Json:
    """The form; or the case that is there already; or the one sentence for what is not there."""
    w, project = who.w, who.here
    found = subject.subject(conn, parts, who, about)
    if found is None:
        return answer.page(w, w("Cadrage"), [blocks.section(w.of(NOTHING_THERE))])
    here = {"workspace": project.workspace, "project_id": project.id}
    known = arbitration.about(conn, **here, subject=found.key) if found.key else None
    if known is not None and known.live:
        heard = of(conn, parts, known, who.actor.user)
        return pages.page(heard, who.actor.user) if heard else answer.page(w, w("Cadrage"), [])
    return blocks.modal(
        w("To be settled"),
        _fields(parts, who, found),
        callback_id=CALLBACK,
        submit=w("Bring it"),
        close=w("Not now"),
        metadata=forms.packed(project=project.id, about=found.key, nonce=nonce),
    )


def _fields(parts: Parts, who: Asker, found: Subject) -> list[Json]:
    w = who.w
    if found.key:
        head = [blocks.section(w.md("*{ref}* {title}", ref=found.key, title=found.title))]
    else:
        line = elements.words(TITLE, initial=w.of(found.title), most=subject.LONGEST)
        head = [blocks.field(w("What is to be settled?"), line, block_id=TITLE)]
    told = w.md("*Named.* Each side speaks in its own words, with the same room, and nobody rewrites them.")
    return [
        blocks.context(told),
        *head,
        *(_own(parts, who, found) if not neutral(who) else []),
        blocks.field(
            w("Who sees it otherwise?"),
            elements.users(OTHERS, most=MOST_OTHERS),
            block_id=OTHERS,
            hint=w("Each of them is asked for their own words, and may say that it is no point of theirs."),
        ),
        blocks.field(
            w("What happens if nobody decides?"),
            elements.words(CONSEQUENCE, initial=found.consequence, several_lines=True, most=LONGEST),
            block_id=CONSEQUENCE,
        ),
        blocks.field(
            w("Why it matters"), elements.words(WHY, several_lines=True, most=LONGEST), block_id=WHY,
            optional=True,
        ),
        *_more(who, found),
    ]  # fmt: skip


def _own(parts: Parts, who: Asker, found: Subject) -> list[Json]:
    """Their own position; left empty by somebody who brings a point between others."""
    w = who.w
    between = w("Leave it empty if you bring a point between others.")
    if found.key in PAIR:
        points = [elements.option(w.of(words), key) for key, words in scale(found.key, parts).items()]
        wants = blocks.field(
            w("Where do you stand?"), elements.select(STANCE, points), block_id=STANCE, optional=True,
            hint=between,
        )  # fmt: skip
    else:
        wants = blocks.field(
            w("What do you propose?"), elements.words(PROPOSAL, most=PROPOSED), block_id=PROPOSAL,
            optional=True, hint=between,
        )  # fmt: skip
    mine = elements.words(MINE, several_lines=True, most=LONGEST)
    return [wants, blocks.field(w("Why, in your own words"), mine, block_id=MINE, optional=True)]


def _more(who: Asker, found: Subject) -> list[Json]:
    """Other options, and what could make the arbiter a party."""
    w = who.w
    codes = [elements.option(w.of(words), code) for code, words in FUNCTIONS.items() if code != "other"]
    rows = [
        blocks.field(
            w("Which departments does it concern?"), elements.multi_select(TOUCHES, codes), block_id=TOUCHES,
            optional=True, hint=w("Nobody settles a matter of their own department, pay or post."),
        ),
        blocks.field(
            w("Whose pay or post does it touch?"), elements.users(PEOPLE), block_id=PEOPLE, optional=True
        ),
    ]  # fmt: skip
    if found.key in PAIR:
        return rows
    options = elements.words(OPTIONS, several_lines=True, most=MOST_OPTIONS * PROPOSED)
    line = w("Other options, one a line")
    return [blocks.field(line, options, block_id=OPTIONS, optional=True), *rows]


async def sent(request: Request, parts: Parts) -> Reply:
    """[Bring it]."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project", "-"))
    if isinstance(verdict := who.may("arbitration.bring"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    said = await brought.read(request, parts)
    if errors := brought.errors(who, held, said):
        return Reply(ack={"response_action": "errors", "errors": errors})
    found: Hearing | None = await parts.db.run(_bring, parts=parts, who=who, held=held, said=said)
    parts.wake()
    if found is None:
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    return Reply(ack={"response_action": "update", "view": pages.page(found, request.user)})


def _bring(conn: Connection, *, parts: Parts, who: Asker, held: dict[str, str], said: Form) -> Hearing | None:
    """In one transaction; the same form sent twice brings one case."""
    now, workspace = parts.clock.now(), who.actor.workspace
    nonce = held.get("nonce", "")
    before = inbox.hold_form(conn, workspace=workspace, nonce=nonce, now=now) if nonce else None
    if before is not None:
        case = arbitration.get(conn, workspace=workspace, id=str(before))
    else:
        found = subject.subject(conn, parts, who, held.get("about") or said.title)
        if found is None:
            return None
        new = _case(parts, who, found, said)
        case = deeds.bring(conn, parts=parts, project=who.here, case=new, now=now)
        if nonce:
            inbox.remember_form(conn, workspace=workspace, nonce=nonce, result=case.id, now=now)
    return of(conn, parts, case, who.actor.user) if case else None


def _case(parts: Parts, who: Asker, found: Subject, said: Form) -> Case:
    now, user = parts.clock.now(), who.actor.user
    sides = [Position(author=one.user, state="asked") for one in said.others]
    if said.speaks and not neutral(who):
        option = said.stance if found.key in PAIR else "p1"
        mine = Position(
            author=user, state="said", proposal=said.proposal, words=said.mine, option=option, said_at=now
        )
        sides.insert(0, mine)
    return Case(
        id=arbitration.fresh_id(),
        workspace=who.actor.workspace,
        project_id=who.here.id,
        number=0,
        subject=found.key,
        title=found.title if found.key else Words.same(said.title),
        why=said.why,
        consequence=said.consequence,
        functions=said.functions,
        people=tuple(one.user for one in said.people),
        extra=said.options,
        positions=tuple(sides),
        state="gathering",
        seat="arbiter",
        arbiter="",
        asked_by=user,
        asked_at=now,
        restricted=found.restricted,
        seen_by=found.seen_by,
        scale=scale(found.key, parts) if found.key in PAIR else {},
    )


ACTIONS: dict[str, Any] = {"arbitration.bring": chosen}
VIEWS: dict[str, Any] = {CALLBACK: sent}
COMMANDS: dict[str, Any] = {"arbitrate": command}
