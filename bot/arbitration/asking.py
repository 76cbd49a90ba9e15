"""Bring a point to the arbiter: one's own words, who sees it otherwise, what happens if nobody decides.

Somebody who keeps the same distance to everybody (facilitator, coach) brings a point without a position of
their own. Whoever is named gives their own words; nobody writes them for them.
"""

from dataclasses import dataclass
from typing import Any

from bot import answer, asker, forms, people
from bot.arbitration import deeds, pages, subject
from bot.arbitration.hearing import Hearing, of, scale
from bot.arbitration.subject import NOWHERE, Subject
from bot.asker import Asker
from bot.diagnosis.quotes import FUNCTIONS
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Deny
from bot.request import Json, Reply, Request
from bot.verbs import parse
from bot.words import blocks, elements
from flows.arbitration.entitled import NEUTRAL
from flows.arbitration.model import LONGEST, PAIR, Case, Position
from flows.project import Person
from flows.words import Words
from storage import arbitration, inbox
from storage.database import Connection

CALLBACK = "arbitration.bring"
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


def neutral(who: Asker) -> bool:
    """They keep the same distance to everybody, and give no position."""
    return who.actor.user in {who.here.cast.holder(role) for role in NEUTRAL}


async def sent(request: Request, parts: Parts) -> Reply:
    """[Bring it]."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project", "-"))
    if isinstance(verdict := who.may("arbitration.bring"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    said = await read(request, parts)
    if errors := _errors(who, held, said):
        return Reply(ack={"response_action": "errors", "errors": errors})
    found: Hearing | None = await parts.db.run(_bring, parts=parts, who=who, held=held, said=said)
    parts.wake()
    if found is None:
        return answer.tell(request, parts, who.w, who.w.of(NOTHING_THERE))
    return Reply(ack={"response_action": "update", "view": pages.page(found, request.user)})


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


def _errors(who: Asker, held: dict[str, str], said: Form) -> dict[str, str]:
    """What is to be corrected, by field."""
    w, errors = who.w, {}
    pair = held.get("about", "") in PAIR
    if not held.get("about") and not said.title:
        errors[TITLE] = w("Say in one line what is to be settled.")
    if not neutral(who) and said.speaks:
        if not said.mine:
            errors[MINE] = w("Say why, in your own words.")
        if pair and not said.stance:
            errors[STANCE] = w("Choose where you stand.")
        if not pair and not said.proposal:
            errors[PROPOSAL] = w("Say in a few words what you propose.")
    if problem := _people(who, said):
        errors[OTHERS] = problem
    if not said.consequence:
        errors[CONSEQUENCE] = w("Say what happens if nobody decides.")
    return errors


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
