"""Somebody to act as in tests: says, runs, clicks, fills, submits, sees. Finds things by their visible words.

Works against a sandbox in this process or in another. Errors are sentences that say what the person sees.
"""

from __future__ import annotations

import base64
from typing import Any

from sandbox import reading
from sandbox.looking import PATIENCE, Cannot, NotSeen, Onlooker
from sandbox.reading import Thing
from sandbox.refusal import Json

__all__ = ["PATIENCE", "Cannot", "NotSeen", "Person"]


class Person(Onlooker):
    """One person of the pretend workspace. Use as an async context manager, or call `leave` at the end."""

    # -- going places ---------------------------------------------------------------------------------------

    async def home(self) -> str:
        """Open the app's Home tab and read it."""
        self.at = "home"
        await self.does("open_home")
        return await self.reads()

    async def dm(self) -> str:
        """Open the app's Messages tab and read it."""
        self.at = "dm"
        await self.does("open_home", tab="messages")
        return await self.reads()

    async def channel(self, name: str) -> str:
        """Go to "#channel" (or "@somebody") and read it."""
        self.at = name
        return await self.reads()

    # -- gestures -------------------------------------------------------------------------------------------

    async def says(self, text: str, *, under: str = "") -> Json:
        """Post a message here; `under` is a text of the message whose thread it answers."""
        thread = (await self.message(under))["ts"] if under else ""
        return await self.does("say", channel=await self._here(), text=text, thread_ts=thread)

    async def runs(self, line: str) -> Json:
        """A slash command, such as "/cadrage new". Returns {ok, shown?}: failing raises nothing."""
        return await self.does("command", channel=await self._here(), text=line)

    async def clicks(self, what: str, value: Any = None, *, within: float = PATIENCE) -> Json:
        """Press the button called `what` (visible label or action_id), waiting for it to appear."""
        if value is None and await self._submits_with(what):
            return await self.submits()
        thing = await self.find(what, within=within, inputs=False)
        return await self.does(
            "click",
            container=thing.container,
            action_id=thing.action_id,
            block_id=thing.block_id,
            value=await self._value(thing, value),
        )

    async def chooses(self, what: str, value: Any, *, within: float = PATIENCE) -> Json:
        """Choose in a select, radio group, date picker… that acts at once."""
        return await self.clicks(what, value, within=within)

    async def fills(
        self, answers: dict[str, Any] | None = None, *, within: float = PATIENCE, **more: Any
    ) -> None:
        """Fill inputs of the modal: label, action_id or block_id → value. Only dispatch_action sends."""
        for what, value in {**(answers or {}), **more}.items():
            thing = await self.find(what, within=within, inputs=True)
            raw = await self._value(thing, value)
            await self.does(
                "fill", container=thing.container, values={thing.block_id: {thing.action_id: raw}}
            )
            if thing.container.get("dispatching", {}).get(thing.block_id):
                await self.does(
                    "click",
                    container=thing.container,
                    action_id=thing.action_id,
                    block_id=thing.block_id,
                    value=raw,
                )

    async def gives(self, what: str, name: str, content: bytes, *, within: float = PATIENCE) -> None:
        """Choose a file in the file field called `what`."""
        given = await self.does("file", name=name, content=base64.b64encode(content).decode())
        await self.fills({what: [given["file"]]}, within=within)

    async def submits(self, answers: dict[str, Any] | None = None, **more: Any) -> Json:
        """Fill, then press the modal's submit button. Returns {ok, errors?, shown?}."""
        await self.fills(answers, **more)
        modal = await self.modal()
        return await self.does("submit", view_id=modal["id"], values={})

    async def closes(self, *, everything: bool = False) -> None:
        """Close the top modal, or all of them."""
        modal = await self.modal()
        await self.does("close", view_id=modal["id"], all=everything)

    async def uses(self, callback_id: str, *, on: str = "") -> Json:
        """A message shortcut on the message with this text, or a global shortcut."""
        if not on:
            return await self.does("shortcut", callback_id=callback_id)
        message = await self.message(on)
        return await self.does(
            "shortcut", callback_id=callback_id, channel=message["channel"], ts=message["ts"]
        )

    async def reacts(self, name: str, *, on: str) -> Json:
        """Put a reaction on the message with this text."""
        message = await self.message(on)
        return await self.does("react", channel=message["channel"], ts=message["ts"], name=name)

    async def does(self, gesture: str, **body: Any) -> Json:
        """Any gesture of the control API as this person; Cannot, in a sentence, when it is impossible."""
        async with self.client().post(f"{self.url}/_/{gesture}", json={"as": self.who, **body}) as response:
            answer: Json = await response.json()
        if response.status >= 400:
            raise Cannot(f"{self.who}: {answer.get('error')} {' '.join(answer.get('why', []))}".strip())
        return answer

    async def _submits_with(self, label: str) -> bool:
        """Whether this is what the top modal's submit button says."""
        modals = (await self.state())["modals"]
        if not modals or not modals[-1]["submit"]:
            return False
        return reading.folded(modals[-1]["submit"]["text"]) == reading.folded(label)

    async def _here(self) -> str:
        if self.at not in {"home", "dm"}:
            return self.at
        return "dm"

    async def _value(self, thing: Thing, value: Any) -> Any:
        """The value as the control API wants it: option values for labels, user ids for names."""
        if isinstance(value, (list, tuple)):
            return [await self._value(thing, item) for item in value]
        if value is None or not isinstance(value, str):
            return value if value is None or isinstance(value, dict) else str(value)
        if thing.kind in {"external_select", "multi_external_select"}:
            return await self._suggestion(thing, value)
        if thing.element.get("options") or thing.element.get("option_groups"):
            chosen = reading.option(thing.element, value)
            if chosen is None:
                offered = ", ".join(repr(o["text"]["text"]) for o in thing.element.get("options") or [])
                raise NotSeen(
                    f"{self.who} is not offered {value!r} under {thing.label!r}; there is {offered}."
                )
            return chosen["value"]
        if "users" in thing.kind or "channels" in thing.kind or "conversations" in thing.kind:
            return await self._identify(value)
        return value

    async def _suggestion(self, thing: Thing, value: str) -> Json:
        answer = await self.does(
            "options",
            container=thing.container,
            action_id=thing.action_id,
            block_id=thing.block_id,
            value=value,
        )
        chosen = reading.option({"type": "static_select", **answer}, value)
        if chosen is None:
            raise NotSeen(f"{self.who} is offered nothing like {value!r} under {thing.label!r}: {answer}")
        return chosen

    async def _identify(self, name: str) -> str:
        state = await self.state()
        wanted = name.lstrip("@#")
        for known in [*state["people"], *state["channels"]]:
            if wanted in (known["id"], known["name"], known.get("key")):
                return str(known["id"])
        raise NotSeen(f"{self.who} finds neither a person nor a channel called {name!r}.")
