"""People answer what reaches them, each in their own time: forms filled from data, knowing no product.

    habits:
      answers: [checkin.open, anonymous.open]   # buttons people press in private, by how their id begins
      also: {claire: [digest.thank]}            # … and one person; the first of a message only
      home: {elodie: [rhythm.reply]}            # … and in their Home, on Fridays
      people:
        ines: {after: 1, leans: 3}              # answers a day later; where they stand on a scale of five
      moods: {3: 0, 13: -1}                     # from this week on, everybody stands so much higher or lower
      worries: [B01]                            # questions where high is bad
      chooses: {C07b: {3: untested, 9: confirmed}}   # from this week on; other choices are the first offered
      writes: {C04d: {marc: [One line, The next time another]}}

Who has no `after` answers nothing. Texts nobody has words for are left empty where they may be.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import aiohttp

from sandbox import forms
from sandbox.person import Cannot, NotSeen
from sandbox.refusal import Json
from sandbox.scenarios.acting import Actor, wait_until_free

FRIDAY = 4
GLANCE = 0.4  # seconds until a Home that was opened is there
NOTHING = 60  # looks after which a button that opens no form has done what it does
SCREENS = 12  # of one form, at most
LATER = timedelta(days=14)  # what a date becomes that nobody has said
MANY = ("checkboxes", "multi_static_select")
CHOSEN = ("radio_buttons", "static_select", *MANY)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A button that somebody will press."""

    who: str
    place: Json
    action_id: str
    block_id: str


@dataclass(kw_only=True)
class Habits:
    """What everybody does with what reaches them in private."""

    url: str
    data: Json
    patience: float = 6.0
    week: int = 0
    seen: set[tuple[str, str]] = field(default_factory=set)
    waiting: list[tuple[date, Wanted]] = field(default_factory=list)
    written: dict[tuple[str, str], int] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)  # person -> their messages with the app
    problems: list[str] = field(default_factory=list)

    async def day(self, today: date, week: int) -> None:
        """Everybody looks at what came, and answers what they have put off until today."""
        self.week = week
        for who, ways in self.data["people"].items():
            if "after" in ways:
                await self._look(who, today + timedelta(days=int(ways["after"])))
        for who, begins in self.data.get("home", {}).items() if today.weekday() == FRIDAY else ():
            await self._look_home(who, tuple(begins), today)
        due = [one for day, one in self.waiting if day <= today]
        self.waiting = [(day, one) for day, one in self.waiting if day > today]
        for one in due:
            await self._answer(one, today)

    async def _look(self, who: str, day: date) -> None:
        for message in await self._messages(who):
            if (who, message["ts"]) in self.seen:
                continue
            self.seen.add((who, message["ts"]))
            place = {"type": "message", "channel": self.rooms[who], "ts": message["ts"]}
            every = list(forms.elements(message.get("blocks") or []))
            also = [one for one in every if _begins(one[1], self.data.get("also", {}).get(who, ()))][:1]
            for block, element in [one for one in every if _begins(one[1], self.data["answers"])] + also:
                self._wants(day, who, place, block, element)

    async def _look_home(self, who: str, begins: tuple[str, ...], today: date) -> None:
        """What Home offers is done the same day."""
        async with Actor(self.url, who) as person:
            await person.home()
            await asyncio.sleep(GLANCE)
            home = (await person.state())["home"]
        for block, element in forms.elements(home["blocks"] if home else []):
            if _begins(element, begins):
                self._wants(today, who, {"type": "home"}, block, element)

    def _wants(self, day: date, who: str, place: Json, block: Json, element: Json) -> None:
        """Once for each button: a reminder bears the same one."""
        this = (who, f"{element['action_id']} {element.get('value')}")
        if this not in self.seen:
            self.seen.add(this)
            self.waiting.append((day, Wanted(who=who, place=place, action_id=element["action_id"],
                                             block_id=block["block_id"])))  # fmt: skip

    async def _messages(self, who: str) -> list[Json]:
        """What the app has written to somebody in private."""
        async with aiohttp.ClientSession() as session:
            if not self.rooms.get(who):
                async with session.get(f"{self.url}/_/state", params={"as": who}) as answer:
                    self.rooms[who] = (await answer.json())["messages_tab"]
            if not self.rooms[who]:
                return []
            async with session.get(f"{self.url}/_/messages", params={"channel": self.rooms[who]}) as answer:
                found: list[Json] = (await answer.json())["messages"]
        return found

    async def _answer(self, one: Wanted, today: date) -> None:
        """Press, fill screen after screen, and put the form away. What does not work is noted."""
        async with Actor(self.url, one.who) as person:
            try:
                await wait_until_free(person, self.patience * 4)
                await person.does(
                    "click", container=one.place, action_id=one.action_id, block_id=one.block_id
                )
                await self._form(person, today)
            except Cannot:  # the message is gone, or has changed: somebody else was quicker
                pass
            except (NotSeen, aiohttp.ClientError, TimeoutError) as reason:
                self.problems.append(f"{one.who}, {one.action_id}: {str(reason).splitlines()[0][:160]}")
            finally:
                if (await person.state())["modals"]:
                    await person.closes(everything=True)

    async def _form(self, person: Actor, today: date) -> None:
        """Screen after screen, until one has nothing to send."""
        view = await self._opened(person)
        for _ in range(SCREENS):
            if view is None or not view.get("submit"):
                return
            filled = self.filled(person.who, view["blocks"], today)
            answer = await person.does("submit", view_id=view["id"], values=filled)
            if answer.get("errors"):
                raise NotSeen(" ".join(map(str, answer["errors"].values())))
            view = await self._next(person, view)

    async def _opened(self, person: Actor) -> Json | None:
        """The form that a button opens, once it can be sent; None for a button that opens none."""
        view: Json | None = None
        for n in range(int(self.patience * 20)):
            modals = (await person.state())["modals"]
            view = modals[-1] if modals else None
            if (view and view.get("submit")) or (not view and n > NOTHING):
                break
            await asyncio.sleep(0.05)
        return view

    async def _next(self, person: Actor, view: Json) -> Json | None:
        """What stands in the form's place once it was sent; None when it has closed, or stays as it is."""
        for _ in range(int(self.patience * 20)):
            modals = (await person.state())["modals"]
            if not modals or (modals[-1]["id"], modals[-1]["hash"]) != (view["id"], view["hash"]):
                return dict(modals[-1]) if modals else None
            await asyncio.sleep(0.05)
        return None

    # -- what they say --------------------------------------------------------------------------------------

    def filled(self, who: str, blocks: list[Json], today: date) -> Json:
        """What this person says to each field that has nothing in it yet: {block: {action: value}}."""
        values: Json = {}
        for block in blocks:
            if block["type"] != "input" or block.get("dispatch_action"):
                continue
            said = self._said(who, block, today)
            if said not in (None, "", []):
                values[block["block_id"]] = {block["element"]["action_id"]: said}
        return values

    def _said(self, who: str, block: Json, today: date) -> Any:
        element, optional = block["element"], bool(block.get("optional"))
        question, kind = str(block["block_id"]).partition("@")[0], block["element"]["type"]
        if kind in CHOSEN:
            if optional and not self._now(self.data.get("chooses", {}).get(question, {})):
                return None
            chosen = self._choice(who, question, element)
            return [chosen] if kind in MANY else chosen
        if kind == "plain_text_input":
            said = self._words(who, question, again=not optional)
            return said or (None if optional or element.get("initial_value") else "…")
        if optional or kind not in ("number_input", "datepicker"):
            return None
        return "3" if kind == "number_input" else (today + LATER).isoformat()

    def _choice(self, who: str, question: str, element: Json) -> str:
        offered = [str(one["value"]) for one in forms.options_of(element)]
        wished = self._now(self.data.get("chooses", {}).get(question, {}))
        if wished in offered:
            return str(wished)
        if {"1", "2", "3", "4", "5"} <= set(offered):
            return self._point(who, question)
        return str((element.get("initial_option") or {}).get("value") or offered[0])

    def _point(self, who: str, question: str) -> str:
        """Where this person stands now on a scale of five."""
        own = int(self.data["people"][who].get("leans", 3))
        wobble = zlib.crc32(f"{who} {question} {self.week // 4}".encode()) % 3 - 1
        point = own + int(self._now(self.data.get("moods", {})) or 0) + wobble
        if question in self.data.get("worries", ()):
            point = 6 - point
        return str(min(max(point, 1), 5))

    def _words(self, who: str, question: str, *, again: bool) -> str:
        """What they have to say to this, each time something else, until there is nothing more to say; where
        something must be said, `again` from the beginning."""
        lines: list[str] = self.data.get("writes", {}).get(question, {}).get(who, [])
        n = self.written[who, question] = self.written.get((who, question), -1) + 1
        if again and lines:
            return lines[n % len(lines)]
        return lines[n] if n < len(lines) else ""

    def _now(self, by_week: Mapping[Any, Any]) -> Any:
        """What holds this week, of what is said from which week on."""
        begun = [int(week) for week in by_week if int(week) <= self.week]
        return by_week[max(begun)] if begun else None


def _begins(element: Json, begins: Iterable[str]) -> bool:
    return str(element.get("action_id", "")).startswith(tuple(begins))
