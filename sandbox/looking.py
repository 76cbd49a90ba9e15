"""Looks at a sandbox with one person's eyes: waits for words, finds messages, modals and what can be pressed.

Speaks only the control API. What is not found is a sentence that says what is there instead. A person looks
at one place at a time: the top modal if one is open, else the place they last went to (Home, the app's DM, a
channel).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Self

import aiohttp

from sandbox import reading
from sandbox.reading import Thing
from sandbox.refusal import Json

PATIENCE = 5.0  # seconds a person waits to see something, between one look and the next


class NotSeen(AssertionError):
    """What was looked for is not there; the message says what is."""


class Cannot(AssertionError):
    """A gesture that could not be made, in a sentence."""


class Onlooker:
    """Somebody's eyes. `at` is where they are: "home", "dm", "#channel", "@somebody" or a channel id."""

    def __init__(self, url: str, who: str) -> None:
        self.url = url
        self.who = who
        self.at = "home"
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leave()

    async def leave(self) -> None:
        """Close the connection to the sandbox."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    # -- seeing ---------------------------------------------------------------------------------------------

    async def sees(self, *texts: str, within: float = PATIENCE) -> bool:
        """Wait until all these texts are on the screen; NotSeen says what is there instead."""
        shown = ""
        async for state in self._looks(within):
            shown = self._words(state)
            if all(reading.folded(text) in reading.folded(shown) for text in texts):
                return True
        missing = [text for text in texts if reading.folded(text) not in reading.folded(shown)]
        raise NotSeen(f"{self.who} does not see {missing} {self.where(shown)}")

    async def does_not_see(self, *texts: str, for_seconds: float = 0.3) -> bool:
        """These texts are not on the screen, and do not come for a moment."""
        async for state in self._looks(for_seconds):
            shown = self._words(state)
            for text in texts:
                if reading.folded(text) in reading.folded(shown):
                    raise NotSeen(f"{self.who} sees {text!r} and should not {self.where(shown)}")
        return True

    async def reads(self) -> str:
        """All the words on the screen now."""
        return self._words(await self.state())

    async def modal(self, *, within: float = PATIENCE) -> Json:
        """The top modal, waiting for one to open."""
        async for state in self._looks(within):
            if state["modals"]:
                top: Json = state["modals"][-1]
                return top
        raise NotSeen(f"{self.who} has no modal open {self.where(await self.reads())}")

    async def no_modal(self, *, within: float = PATIENCE) -> bool:
        """Wait until no modal is open."""
        async for state in self._looks(within):
            if not state["modals"]:
                return True
        raise NotSeen(f"{self.who} still has a modal open {self.where(await self.reads())}")

    async def errors(self) -> dict[str, str]:
        """The errors under the inputs of the top modal, by label."""
        modal = await self.modal()
        labels = {
            b["block_id"]: reading.plain(b["label"]["text"]) for b in modal["blocks"] if b["type"] == "input"
        }
        return {labels.get(block, block): text for block, text in modal["errors"].items()}

    async def message(self, text: str, *, within: float = PATIENCE) -> Json:
        """The newest message here with this text, with its `channel`."""
        wanted = reading.folded(text)
        async for state in self._looks(within):
            names = _names(state)
            for message in reversed(self._messages(state)):
                if wanted in reading.folded(reading.named(_message_words(message), names)):
                    return message
        raise NotSeen(f"{self.who} finds no message with {text!r} {self.where(await self.reads())}")

    async def messages(self) -> list[str]:
        """The words of each message here, oldest first."""
        state = await self.state()
        names = _names(state)
        return [reading.named(_message_words(message), names) for message in self._messages(state)]

    async def things(self) -> list[Thing]:
        """What can be pressed or filled here."""
        return self._things(await self.state())

    async def state(self) -> Json:
        """Everything this person sees, as JSON."""
        async with self.client().get(f"{self.url}/_/state", params={"as": self.who}) as response:
            body: Json = await response.json()
        if body.get("ok") is False:
            raise Cannot(body["error"])
        return body

    def client(self) -> aiohttp.ClientSession:
        """The session to the sandbox, opened when first needed."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    async def _looks(self, within: float) -> AsyncIterator[Json]:
        """States, as they change, until the patience is used up; always at least one, and a last one at the
        end. Only the pauses between two looks use it up, not how long they take: on a busy machine the app is
        as slow as the looking, and both are given more time."""
        left, pause = within, 0.02
        yield await self.state()
        while left > 0:
            wait = min(pause, left)
            await asyncio.sleep(wait)
            left, pause = left - wait, min(pause * 1.5, 0.15)
            yield await self.state()

    def _channel(self, state: Json) -> Json | None:
        if self.at in {"home", "dm"}:
            return next((c for c in state["channels"] if c["app"]), None)
        wanted = self.at.lstrip("#@")
        people = {p["key"]: p["name"] for p in state["people"]}
        names = {wanted, people.get(wanted, wanted)}
        return next((c for c in state["channels"] if c["id"] == wanted or c["name"] in names), None)

    def _messages(self, state: Json) -> list[Json]:
        channel = self._channel(state)
        return [{**m, "channel": channel["id"]} for m in channel["messages"]] if channel else []

    def _words(self, state: Json) -> str:
        names = _names(state)
        return reading.named(self._raw_words(state), names)

    def _raw_words(self, state: Json) -> str:
        if state["modals"]:
            return _view_words(state["modals"][-1])
        if self.at == "home":
            return _view_words(state["home"]) if state["home"] else ""
        return "\n".join(_message_words(message) for message in self._messages(state))

    def where(self, shown: str) -> str:
        """Where this person is and what is on the screen, for the message of a failed test."""
        lines = [line for line in shown.splitlines() if line.strip()]
        return f"(at {self.at}). What they see:\n" + "\n".join(f"  | {line[:160]}" for line in lines[-60:])

    def _things(self, state: Json) -> list[Thing]:
        if state["modals"] or self.at == "home":
            view = state["modals"][-1] if state["modals"] else state["home"]
            return reading.things(view["blocks"], _container(view)) if view else []
        found: list[Thing] = []
        for message in reversed(self._messages(state)):
            container = {"type": "message", "channel": message["channel"], "ts": message["ts"]}
            found += reading.things(message.get("blocks") or [], container) if message.get("bot_id") else []
        return found

    async def find(self, what: str, *, within: float, inputs: bool) -> Thing:
        """The thing called `what`, waited for; NotSeen says what is there instead."""
        found: list[Thing] = []
        async for state in self._looks(within):
            found = self._things(state)
            # A button takes no text: a page that is about to give way to its form may have one of that name.
            fit = [t for t in found if not (inputs and t.kind == "button")]
            thing = reading.pick([t for t in fit if t.is_input == inputs], what) or reading.pick(fit, what)
            if thing:
                return thing
        there = ", ".join(repr(thing.label) for thing in found) or "nothing"
        raise NotSeen(
            f"{self.who} finds no {what!r} to {'fill' if inputs else 'press'}; there is {there} "
            f"{self.where(await self.reads())}"
        )


def _names(state: Json) -> dict[str, str]:
    return {known["id"]: known["name"] for known in [*state["people"], *state["channels"]]}


def _container(view: Json) -> Json:
    dispatching = {
        b["block_id"]: True for b in view["blocks"] if b["type"] == "input" and b.get("dispatch_action")
    }
    kind = "home" if view["type"] == "home" else "view"
    return {"type": kind, "view_id": view["id"], "dispatching": dispatching}


def _view_words(view: Json) -> str:
    title = [view["title"]["text"]] if view.get("title") else []
    buttons = [view[key]["text"] for key in ("submit", "close") if view.get(key)]
    extra = [*view["errors"].values(), view["notice"] or "", view["warning"] or ""]
    typed = [
        text
        for block in view["state"]["values"].values()
        for state in block.values()
        for text in _chosen(state)
    ]
    return "\n".join([*title, *reading.words(view["blocks"]), *typed, *buttons, *extra])


def _chosen(state: Json) -> list[str]:
    """What an input shows as typed. Options are words of the screen already."""
    value = state.get("value") or state.get("selected_date") or state.get("selected_time")
    return [str(value)] if value else []


def _message_words(message: Json) -> str:
    blocks = (
        []
        if not message.get("bot_id") and message.get("text")
        else list(reading.words(message.get("blocks")))
    )
    files = [file["name"] for file in message.get("files", [])]
    text = blocks or [reading.plain(message.get("text", ""))]
    return "\n".join([*text, *files, message.get("warning") or ""]).strip()
