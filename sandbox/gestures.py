"""What people do, and what Slack shows them for it: say, command, click, choose, react, open Home.

Each gesture changes the world, sends the app what Slack would send, waits for its acknowledgement at most 3 seconds,
and returns `{ok, error?, shown?}` where `shown` is what Slack would show. Modals' own gestures are in modals.py.
"""

from __future__ import annotations

import re
import time
from typing import Any

from sandbox import directory, events, forms, limits, payloads
from sandbox.delivery import Ack, Delivery
from sandbox.people import Channel, Install, Person
from sandbox.refusal import Impossible, Json, Refused
from sandbox.surfaces import RESPONSE_SECONDS, ResponseUrl, View
from sandbox.world import SLACKBOT, World

TRIANGLE = "⚠ This did not work. The app did not answer within 3 seconds."


class Gestures:
    """The hands of all people."""

    def __init__(self, world: World, delivery: Delivery, address: str) -> None:
        self.world = world
        self.delivery = delivery
        self.address = address
        self.warnings: dict[str, dict[str, str]] = {}  # person -> message ts or view id -> warning
        self.typed: dict[tuple[str, str], dict[str, dict[str, Json]]] = {}  # (person, message ts) -> values
        self.suggested: dict[tuple[str, str], list[Json]] = {}  # (person, action_id) -> options last offered

    # -- talking --------------------------------------------------------------------------------------------

    async def say(self, who: str, where: str, text: str, thread: str = "") -> Json:
        """Post a message; a text starting with "/" is a command, which Slack refuses in threads."""
        person, channel = self.someone(who), self.place(who, where)
        if text.startswith("/"):
            if thread:
                return self._slackbot(
                    channel,
                    person,
                    f"{text.split(maxsplit=1)[0]} is not supported in threads. Sorry!",
                    thread,
                )
            return await self.command(who, where, text)
        if channel.archived:
            return {"ok": False, "error": "is_archived", "shown": f"#{channel.name} is archived."}
        if person.id not in channel.members:
            raise Impossible(f"{person.name} is not in #{channel.name}; they would have to join first.")
        message: Json = {
            "type": "message",
            "user": person.id,
            "team": person.team,
            "text": self.typed_text(text),
            "client_msg_id": self.world.new_id("m"),
            "blocks": [_rich(text)],
        }
        if thread:
            parent = channel.messages.get(thread, {})
            message |= {"thread_ts": parent.get("thread_ts", thread)}
        kept = self.world.post(channel, message)
        channel.read[person.id] = kept["ts"]
        events.posted(self.world, self.tell, channel, kept)
        return {"ok": True, "ts": kept["ts"]}

    def typed_text(self, text: str) -> str:
        """What Slack makes of typed words: entities, then @names and #channels that exist become tokens."""
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for person in sorted(self.world.people.values(), key=lambda p: -len(p.name)):
            for name in (person.name, person.key):
                text = re.sub(rf"(?<!\w)@{re.escape(name)}(?!\w)", f"<@{person.id}>", text)
        for channel in self.world.channels.values():
            if channel.name:
                text = re.sub(
                    rf"(?<![\w&])#{re.escape(channel.name)}(?![\w-])", f"<#{channel.id}|{channel.name}>", text
                )
        return re.sub(r"(?<!\w)@(channel|here|everyone)\b", r"<!\1>", text)

    async def command(self, who: str, where: str, line: str) -> Json:
        """A slash command."""
        person, channel = self.someone(who), self.place(who, where)
        install = self.install(person)
        name = line.split(maxsplit=1)[0]
        if not self._declared(name):
            return self._slackbot(channel, person, f"{name} is not a valid command.")
        form = payloads.command(self.world, install, person, channel, line)
        form["trigger_id"] = self.world.surfaces.trigger(person.id)
        form["response_url"] = self.response_url(channel, person, install, None, ephemeral=False)
        ack, ms = await self._ask("slash_commands", form)
        if not ack.ok:
            return {**self._slackbot(channel, person, _failed(name, ack)), "ms": ms}
        if ack.body:
            self.respond(channel, person, install, ack.body)
        return {"ok": True, "ms": ms}

    def _declared(self, name: str) -> bool:
        if self.world.manifest is None:
            return True
        declared = self.world.manifest.get("features", {}).get("slash_commands", [])
        return name in [command.get("command") for command in declared]

    # -- acting on what is shown ----------------------------------------------------------------------------

    async def click(
        self,
        who: str,
        container: Json,
        action_id: str,
        block_id: str = "",
        value: Any = None,
        values: Json | None = None,
    ) -> Json:
        """Press a button or choose in a select, date picker… of a message, a modal or Home."""
        person = self.someone(who)
        if container.get("type") in {"view", "home"}:
            return await self._click_view(
                person, self.view(person, container), action_id, block_id, value, values
            )
        return await self._click_message(person, container, action_id, block_id, value)

    async def _click_view(
        self, person: Person, view: View, action_id: str, block_id: str, value: Any, values: Json | None
    ) -> Json:
        self.fill(view, values or {})
        block, element = forms.find(view.body["blocks"], block_id, action_id)
        entry = forms.action(
            element, block["block_id"], self._offered(person, element, value), self.world.next_ts()
        )
        if forms.blank(element) is not None:
            self.fill(view, {block["block_id"]: {action_id: value}}, person)
        modal = view.body.get("type") != "home"
        body = {
            **payloads.interaction(self.world, view.install, person, "block_actions"),
            "container": {"type": "view", "view_id": view.id},
            "view": payloads.view(view),
            "actions": [entry],
            "trigger_id": self.world.surfaces.trigger(person.id, view.id if modal else None),
        }
        return await self._act(person, view.id, body)

    async def _click_message(
        self, person: Person, container: Json, action_id: str, block_id: str, value: Any
    ) -> Json:
        channel = self.place(person.id, str(container.get("channel")))
        ts = str(container.get("ts"))
        whispered = channel.ephemerals.get(person.id, {}).get(ts)
        message = whispered or channel.messages.get(ts)
        if message is None:
            raise Impossible("That message is not there any more.")
        block, element = forms.find(message.get("blocks") or [], block_id, action_id)
        value = self._offered(person, element, value)
        entry = forms.action(element, block["block_id"], value, self.world.next_ts())
        typed = self.typed.setdefault((person.id, ts), {})
        if forms.blank(element) is not None:
            typed.setdefault(block["block_id"], {})[action_id] = forms.to_state(element, value)
        install = self._owner(message)
        body: Json = {
            **payloads.interaction(self.world, install, person, "block_actions"),
            "container": {
                "type": "message",
                "message_ts": ts,
                "channel_id": channel.id,
                "is_ephemeral": whispered is not None,
                **({"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}),
            },
            "channel": {"id": channel.id, "name": payloads.channel_name(channel)},
            "state": {"values": forms.state_values(message.get("blocks") or [], typed)},
            "actions": [entry],
            "trigger_id": self.world.surfaces.trigger(person.id),
            "response_url": self.response_url(channel, person, install, ts, ephemeral=whispered is not None),
        }
        if whispered is None:
            body["message"] = message
        return await self._act(person, ts, body)

    async def _act(self, person: Person, place: str, body: Json) -> Json:
        ack, ms = await self._ask("interactive", body)
        warnings = self.warnings.setdefault(person.id, {})
        warnings.pop(place, None)
        if not ack.ok:
            warnings[place] = TRIANGLE
            self.world.changed("modal" if "view" in body else "channel", person.id)
            return {"ok": False, "error": ack.problem, "shown": TRIANGLE, "warning": True, "ms": ms}
        return {"ok": True, "ms": ms}

    def fill(self, view: View, values: Json, person: Person | None = None) -> None:
        """Remember what a person typed into a view: {block_id: {action_id: value}}. Sends nothing."""
        who = person or self.world.people[view.user]
        for block_id, actions in values.items():
            for action_id, raw in actions.items():
                _, element = forms.find(view.body["blocks"], block_id, action_id)
                view.typed.setdefault(block_id, {})[action_id] = forms.to_state(
                    element, self._offered(who, element, raw)
                )

    def _offered(self, person: Person, element: Json, raw: Any) -> Any:
        """For an external select, the whole option behind a value the app offered last."""
        if element["type"] not in forms.EXTERNAL:
            return raw
        offered = self.suggested.get((person.id, element["action_id"]), [])
        known = {key: o for o in offered for key in (o.get("value"), o.get("text", {}).get("text"))}
        if isinstance(raw, list):
            return [known.get(item, item) if isinstance(item, str) else item for item in raw]
        return known.get(raw, raw) if isinstance(raw, str) else raw

    async def options(self, who: str, container: Json, action_id: str, block_id: str, typed: str) -> Json:
        """Ask the app for the options of an external select; an unanswered request gives none."""
        person = self.someone(who)
        if container.get("type") in {"view", "home"}:
            view = self.view(person, container)
            install, about = (
                view.install,
                {"view": payloads.view(view), "container": {"type": "view", "view_id": view.id}},
            )
        else:
            channel = self.place(who, str(container.get("channel")))
            message = channel.messages[str(container.get("ts"))]
            install, about = (
                self._owner(message),
                {
                    "message": message,
                    "channel": {"id": channel.id, "name": payloads.channel_name(channel)},
                    "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel.id},
                },
            )
        body = {
            **payloads.interaction(self.world, install, person, "block_suggestion"),
            **about,
            "action_id": action_id,
            "block_id": block_id,
            "value": typed,
        }
        ack, ms = await self._ask("interactive", body)
        answer = ack.body if ack.ok and isinstance(ack.body, dict) else {}
        try:
            limits.check_suggestions(answer)
        except Refused as refusal:
            return {"ok": False, "options": [], "error": refusal.code, "why": list(refusal.why), "ms": ms}
        self.suggested[person.id, action_id] = forms.options_of(answer)
        return {
            "ok": ack.ok,
            "options": answer.get("options", []),
            "option_groups": answer.get("option_groups"),
            "ms": ms,
        }

    async def shortcut(self, who: str, callback_id: str, where: str = "", ts: str = "") -> Json:
        """A message shortcut (with channel and ts) or a global one."""
        person = self.someone(who)
        install = self.install(person)
        extra: Json = {
            "callback_id": callback_id,
            "trigger_id": self.world.surfaces.trigger(person.id),
            "action_ts": self.world.next_ts(),
        }
        if not ts:
            ack, ms = await self._ask(
                "interactive", {**payloads.interaction(self.world, install, person, "shortcut"), **extra}
            )
        else:
            channel = self.place(who, where)
            if ts not in channel.messages:
                raise Impossible("That message is not there any more.")
            ack, ms = await self._ask(
                "interactive",
                {
                    **payloads.interaction(self.world, install, person, "message_action"),
                    **extra,
                    "channel": {"id": channel.id, "name": payloads.channel_name(channel)},
                    "message_ts": ts,
                    "message": channel.messages[ts],
                    "response_url": self.response_url(channel, person, install, ts, ephemeral=False),
                },
            )
        if not ack.ok:
            return {
                "ok": False,
                "error": ack.problem,
                "shown": "We had some trouble connecting. Try again?",
                "ms": ms,
            }
        return {"ok": True, "ms": ms}

    async def react(self, who: str, where: str, ts: str, name: str) -> Json:
        """Add a reaction, or take it back when it is there already."""
        person, channel = self.someone(who), self.place(who, where)
        message = channel.messages[ts]
        added = directory.add_reaction(self.world, channel, message, person.id, name)
        if not added:
            entry = next(r for r in message["reactions"] if r["name"] == name)
            entry["users"].remove(person.id)
            entry["count"] -= 1
            message["reactions"] = [r for r in message["reactions"] if r["count"]]
            self.world.changed("channel", channel.id)
        events.reacted(self.world, self.tell, channel, message, person.id, name, added=added)
        return {"ok": True, "added": added}

    async def open_home(self, who: str, tab: str = "home") -> Json:
        """Open the app's Home or Messages tab."""
        person = self.someone(who)
        install = self.install(person)
        kept = self.world.surfaces.homes.get((person.id, install.app))
        shown = payloads.view(kept) if kept and tab == "home" else None
        events.home_opened(self.world, self.tell, install, person.id, tab, shown)
        return {"ok": True, "channel": self.world.dm(install.bot_user, person.id).id}

    async def edit(self, who: str, where: str, ts: str, text: str) -> Json:
        """Change one's own message."""
        person, channel = self.someone(who), self.place(who, where)
        old = channel.messages.get(ts)
        if old is None or old.get("user") != person.id:
            raise Impossible("Only one's own message can be edited.")
        new = {
            **old,
            "text": self.typed_text(text),
            "blocks": [_rich(text)],
            "edited": {"user": person.id, "ts": self.world.next_ts()},
        }
        self.world.edit(channel, ts, new)
        events.edited(self.world, self.tell, channel, old, new)
        return {"ok": True}

    async def erase(self, who: str, where: str, ts: str) -> Json:
        """Delete one's own message, or anybody's as an administrator."""
        person, channel = self.someone(who), self.place(who, where)
        old = channel.messages.get(ts)
        if old is None or (old.get("user") != person.id and not person.is_admin):
            raise Impossible("Only one's own message can be deleted.")
        self.world.delete(channel, ts)
        events.deleted(self.world, self.tell, channel, old)
        return {"ok": True}

    # -- answers of the app ---------------------------------------------------------------------------------

    def respond(
        self,
        channel: Channel,
        person: Person,
        install: Install,
        body: Any,
        *,
        ts: str | None = None,
        ephemeral: bool = False,
        thread: str | None = None,
    ) -> None:
        """An answer in an acknowledgement or to a response_url. Ephemeral unless it says in_channel."""
        if isinstance(body, str):
            body = {"text": body}
        if not isinstance(body, dict):
            return
        where = channel.ephemerals.get(person.id, {}) if ephemeral else channel.messages
        if ts and ts in where and (body.get("delete_original") or body.get("replace_original")):
            self._change_original(channel, person, where, ts, body)
            return
        if not body.get("text") and not body.get("blocks"):
            return
        message = {
            "type": "message",
            "user": install.bot_user,
            "bot_id": install.bot,
            "app_id": install.app,
            "team": install.team,
            **limits.checked_content(body),
        }
        if body.get("thread_ts") or thread:
            message["thread_ts"] = body.get("thread_ts") or thread
        if body.get("response_type") == "in_channel":
            kept = self.world.post(channel, message)
            events.posted(self.world, self.tell, channel, kept)
        else:
            self.world.whisper(channel, person.id, message)

    def _change_original(
        self, channel: Channel, person: Person, where: dict[str, Json], ts: str, body: Json
    ) -> None:
        if body.get("delete_original"):
            if where is channel.messages:
                self.world.delete(channel, ts)
            else:
                del where[ts]
        else:
            kept = {key: value for key, value in where[ts].items() if key not in {"blocks", "text"}}
            where[ts] = {**kept, "text": "", **limits.checked_content(body)}
        self.world.changed("channel", channel.id)

    # -- finding --------------------------------------------------------------------------------------------

    def tell(self, install: Install, inner: Json, channel: Channel | None) -> None:
        """Send an event to the app."""
        self.delivery.tell(payloads.event(self.world, install, inner, channel))

    def someone(self, who: str) -> Person:
        person = self.world.person(who)
        if person.deleted:
            raise Impossible(f"{person.name} is deactivated and can do nothing here.")
        return person

    def place(self, who: str, where: str) -> Channel:
        """A conversation this person can see: an id, "#name", "dm" for the app's, or "@somebody"."""
        person = self.world.person(who)
        if where == "dm":
            return self.world.dm(self.install(person).bot_user, person.id)
        if where.startswith("@"):
            return self.world.dm(person.id, self.world.person(where).id)
        try:
            channel = self.world.channel(where)
        except Refused as refusal:
            raise Impossible(refusal.why[0]) from None
        if not self.world.can_see(person.id, channel):
            raise Impossible(f"{person.name} cannot see {where}.")
        return channel

    def install(self, person: Person) -> Install:
        found = self.world.install_of(person.id)
        if found is None:
            raise Impossible("No app is installed here.")
        return found

    def view(self, person: Person, container: Json) -> View:
        """The view a gesture is about; it must be this person's."""
        if container.get("type") == "home" and not container.get("view_id"):
            view = self.world.surfaces.homes.get((person.id, self.install(person).app))
        else:
            view = self.world.surfaces.find(str(container.get("view_id")))
        if view is None or view.user != person.id:
            raise Impossible(f"{person.name} has no such view open.")
        return view

    def response_url(
        self, channel: Channel, person: Person, install: Install, ts: str | None, *, ephemeral: bool
    ) -> str:
        message = channel.messages.get(ts) if ts else None
        name = self.world.surfaces.response_url(
            ResponseUrl(
                channel=channel.id,
                user=person.id,
                install=install,
                ts=ts,
                ephemeral=ephemeral,
                thread=message.get("thread_ts") if message else None,
                expires=self.world.now() + RESPONSE_SECONDS,
            )
        )
        return f"{self.address}/response/{name}"

    def _owner(self, message: Json) -> Install:
        for install in self.world.installs.values():
            if install.bot == message.get("bot_id"):
                return install
        raise Impossible("That message is no app's: nothing on it can be pressed.")

    def _slackbot(self, channel: Channel, person: Person, text: str, thread: str = "") -> Json:
        message: Json = {"type": "message", "subtype": "slackbot_response", "user": SLACKBOT, "text": text}
        self.world.whisper(channel, person.id, {**message, **({"thread_ts": thread} if thread else {})})
        return {"ok": False, "error": text, "shown": text}

    async def _ask(self, kind: str, body: Json) -> tuple[Ack, float]:
        started = time.perf_counter()
        ack = await self.delivery.ask(kind, body)
        return ack, round((time.perf_counter() - started) * 1000, 1)


def _rich(text: str) -> Json:
    return {
        "type": "rich_text",
        "block_id": "r",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
    }


def _failed(name: str, ack: Ack) -> str:
    """Slackbot's words when a command got no answer."""
    if ack.problem in {"timeout", "http_timeout"}:
        return f'{name} failed with the error "operation_timeout"'
    if ack.problem == "http_error":
        return f'{name} failed with the error "http_service_error"'
    if ack.problem == "no_connection":
        return f"{name} failed because the app did not respond"
    return f'{name} failed with the error "dispatch_failed"'
