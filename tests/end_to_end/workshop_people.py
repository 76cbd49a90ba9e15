"""Those of a workshop in its story: the facilitator goes on, people write, propose lines and vote.

They do what stands on the card, whether it is live or in the channel over days: a step that has closed by
itself because everybody had answered needs nobody to close it.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.dialogue.effects import Draft, RecordKind
from flows.playbook import Playbook
from flows.register.model import Kept
from flows.words import Words
from flows.workshop.ballot import Ballot, Item
from flows.workshop.grid import AXES
from flows.workshop.model import Workshop
from storage import life
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import CHANNEL, PEOPLE, WORKSPACE, Company, company_at
from tests.end_to_end.founding import invites, sets_up, someone
from tests.end_to_end.gathering import Json, Room

VOTERS = ("claire", "marc", "ines", "paul", "sofia", "hugo", "nadia", "thomas")
#: What somebody says of an item: dots, a point, a place, (impact, effort).
Say = Mapping[str, Any]


@dataclass(kw_only=True)
class Facilitator:
    """Whoever facilitates, at the desk."""

    room: Room

    async def prepares(self, script: str, **form: Any) -> None:
        """`/cadrage workshop W06`, the form, [Invite]."""
        await self.room.prepares(script, **form)

    async def opens(self, mode: str) -> None:
        """[Open it live], and everybody is here; or [Open it in the channel]."""
        await self.room.opens(mode)
        self.room.at = self.room.workshop.step
        await self.room.breathes()

    async def next(self) -> None:
        """The step is over: what is open closes, its result is read, and the next one begins; or the end."""
        while (now := self.room.workshop).running and now.step == self.room.at:
            await self.room.steers("next")
        self.room.at = self.room.workshop.step
        await self.room.breathes()

    async def presses(self, what: str, *, rest: str = "") -> Workshop:
        """One button of the desk: "next", "more", "pause", "resume", "mode", "skip", "end"."""
        await self.room.steers(f"{what}{rest}", rest=rest)
        await self.room.breathes()
        return self.room.workshop


@dataclass(kw_only=True)
class People:
    """Everybody else who is invited."""

    room: Room

    def one(self, name: str) -> Colleague:
        """Somebody by name."""
        return next(one for one in self.room.voters if one.who == name)

    # -- voting ---------------------------------------------------------------------------------------------

    async def vote(self, say: Say, **own: Say | None) -> None:
        """Everybody who has a vote gives this: what is said of each item, by its number or how it begins.
        `own`: those who vote otherwise; None: they do not vote."""
        now = await self._opened()
        assert now.ballot is not None

        async def votes(one: Colleague) -> None:
            mine = own.get(one.who, say)
            if mine is not None:
                await self._fills(one, now, mine)

        await self._all(now, votes)

    async def support(self, point: int, **own: int | tuple[int, str] | None) -> None:
        """The support vote by its buttons; `own`: those at another point, with a reason, or without one."""
        now = await self._opened()

        async def votes(one: Colleague) -> None:
            mine = own.get(one.who, point)
            if isinstance(mine, tuple):
                await self._fills(one, now, {"": mine[0]}, why=mine[1])
            elif mine is not None:
                await self.room.presses(one, f"workshop.fist:{mine}")
                await self._noted(one, now)

        await self._all(now, votes)

    async def _opened(self) -> Workshop:
        """Voting is open; dots are once alike ideas have been put together."""
        now = self.room.workshop
        assert now.step == self.room.at, f"at step {now.step}, and the story at {self.room.at}"
        if now.phase in ("preparing", "between"):
            await self.room.steers("next")
            await self.room.breathes()
        return await self.room.until(lambda now: now.voting)

    async def _all(self, now: Workshop, votes: Any) -> None:
        """All at once; the last one reveals it, else whoever facilitates does."""
        voting = {one.user for one in now.voters}
        mine = [one for one in self.room.voters if PEOPLE[one.who]["user"] in voting]
        await asyncio.gather(*(votes(one) for one in mine))
        await self._over(now)

    async def _over(self, now: Workshop) -> None:
        """It has closed by itself, everybody having answered; else whoever facilitates closes it, as they do
        live where too few have come."""
        after = self.room.workshop
        if after.move == now.move:
            assert not after.complete or after.mode == "live"
            await self.room.steers("next")
        await self.room.breathes()

    async def _fills(self, who: Colleague, now: Workshop, say: Say, why: str = "") -> None:
        assert now.ballot is not None
        await self.room.presses(who, "workshop.vote")
        view: Json | None = await who.opened()
        while view is not None and view["callback_id"] == "workshop.voted":
            values = voted(view, now.ballot, say, why)
            done = await who.does("submit", view_id=view["id"], values=values)
            assert not done.get("errors"), done
            view = await who.changed_from(view)
        await self._noted(who, now)
        await who.puts_down()

    async def _noted(self, who: Colleague, before: Workshop) -> None:
        user = str(PEOPLE[who.who]["user"])
        await self.room.until(lambda now: now.move != before.move or now.has_answered(user))

    # -- putting in -----------------------------------------------------------------------------------------

    async def write(self, **said: str | Json) -> None:
        """These people write, the others have nothing to add: the step closes, everybody having answered."""
        now = self.room.workshop
        assert now.step == self.room.at
        for name, what in said.items():
            await self.puts_in(name, what)
        for one in self.room.voters:
            user = str(PEOPLE[one.who]["user"])
            after = self.room.workshop
            if after.move != now.move:
                break
            if user in {each.user for each in after.voters} and not after.has_answered(user):
                await self.room.presses(one, "workshop.done")
                await self._noted(one, now)
        await self._over(now)

    async def puts_in(self, name: str, what: str | Json, *, button: str = "workshop.give") -> Json:
        """A text, or the cells of a line, by the form of the step. What the bot answers: {ok, errors?}."""
        who = self.one(name)
        await self.room.presses(who, button)
        view = await who.opened()
        assert view["callback_id"] == "workshop.given", await who.reads()
        done = await who.does("submit", view_id=view["id"], values=typed(view, what))
        if not done.get("errors"):
            await who.changed_from(view)
        await who.puts_down()
        return done

    async def lines(self, name: str, *rows: Json) -> None:
        """Lines of a step that is filled in together, one after the other."""
        for row in rows:
            done = await self.puts_in(name, row)
            assert not done.get("errors"), done

    async def press(self, name: str, action: str) -> None:
        """A button of the card."""
        await self.room.presses(self.one(name), action)


@dataclass(kw_only=True)
class Meeting:
    """A workshop and its people."""

    room: Room
    facilitator: Facilitator
    people: People

    async def known(self, kind: RecordKind, title: str, **more: Any) -> Kept:
        """A record the project had before."""
        company = self.room.company
        draft = Draft(kind=kind, item=title, title=Words.same(title), **more)
        return company.puts(
            life.make, workspace=WORKSPACE, project_id=company.project.id, draft=draft,
            by=company.project.cast.holder("facilitator"), now=await company.now(),
        )  # fmt: skip


@contextlib.asynccontextmanager
async def meeting(
    company: Company, playbook: Playbook, *, voters: tuple[str, ...] = VOTERS
) -> AsyncIterator[Meeting]:
    """The project is there and everybody is invited to it."""
    async with contextlib.AsyncExitStack() as stack:
        elodie = await stack.enter_async_context(someone(company, "elodie", playbook))
        await sets_up(elodie, company)
        await invites(elodie, company)
        people = [await stack.enter_async_context(someone(company, who, playbook)) for who in voters]
        room = Room(company=company, facilitator=elodie, voters=people)
        yield Meeting(room=room, facilitator=Facilitator(room=room), people=People(room=room))


@contextlib.asynccontextmanager
async def company_meeting(folder: Path, playbook: Playbook, language: str) -> AsyncIterator[Meeting]:
    """A company of this language in its office hours, with its project."""
    async with company_at(folder, language=language) as company:
        await company.starts()
        await company.office_hours()
        async with meeting(company, playbook) as found:
            await found.room.facilitator.channel(f"#{CHANNEL}")
            yield found


def _said(item: Item, say: Say) -> Any:
    """What is said of this item; None: nothing."""
    words = (item.words.en, item.words.fr)
    for key, value in say.items():
        if key in (item.ref, item.id) or any(text.startswith(key) for text in words):
            return value
    return None


def voted(view: Json, ballot: Ballot, say: Say, why: str = "") -> Json:
    """The fields of a ballot's form, as one person fills them."""
    items = {item.id: item for item in ballot.items}
    values: Json = {}
    for block in view["blocks"]:
        what, _, rest = str(block.get("block_id", "")).partition(":")
        if what == "why" and (said := _said(items[rest], say.get("why", {"": why} if why else {}))):
            values[block["block_id"]] = {block["element"]["action_id"]: said}
        if what != "vote":
            continue
        id, _, axis = rest.partition(".")
        said = _said(items[id], say)
        if axis and said is not None:
            said = said[AXES.index(axis)]
        if said is None and ballot.kind == "dots":
            said = 0
        if said is not None:
            values[block["block_id"]] = {block["element"]["action_id"]: str(said)}
    return values


def typed(view: Json, what: str | Json) -> Json:
    """The fields of a contribution: a text, or cells by the name of their column."""
    shown = {
        block["block_id"]: block["element"]["action_id"]
        for block in view["blocks"]
        if block["type"] == "input"
    }
    if isinstance(what, str):
        block = "text" if "text" in shown else "cell:text"
        return {block: {shown[block]: what}}
    missing = [key for key in what if f"cell:{key}" not in shown and key not in shown]
    assert not missing, (missing, [*shown])
    named = {key: f"cell:{key}" if f"cell:{key}" in shown else key for key in what}
    return {
        block: {shown[block]: what[key] if isinstance(what[key], list) else str(what[key])}
        for key, block in named.items()
    }
