"""What all gestures need: finding people and places, asking the app, remembering what was typed."""

from __future__ import annotations

import time

from sandbox import payloads
from sandbox.delivery import Ack, Delivery
from sandbox.people import Channel, Install, Person
from sandbox.refusal import Impossible, Json, Refused
from sandbox.surfaces import RESPONSE_SECONDS, ResponseUrl, View
from sandbox.world import SLACKBOT, World

# what Slack shows, in English, by the code of `shown`
SHOWN = {
    "operation_timeout": '{name} failed with the error "operation_timeout"',
    "dispatch_failed": '{name} failed with the error "dispatch_failed"',
    "http_service_error": '{name} failed with the error "http_service_error"',
    "app_not_connected": "{name} failed because the app did not respond",
    "not_in_threads": "{name} is not supported in threads. Sorry!",
    "not_a_command": "{name} is not a valid command.",
    "warning": "⚠ Something went wrong: the app did not confirm. Try again.",
    "trouble_connecting": "We had some trouble connecting. Try again?",
    "is_archived": "You are viewing an archived channel.",
}


class Hands:
    """The world, the way to the app, and what people have typed or been warned of so far."""

    def __init__(self, world: World, delivery: Delivery, address: str) -> None:
        self.world = world
        self.delivery = delivery
        self.address = address
        self.warnings: dict[str, dict[str, str]] = {}  # person -> message ts or view id -> warning
        self.typed: dict[tuple[str, str], dict[str, dict[str, Json]]] = {}  # (person, message ts) -> values
        self.suggested: dict[tuple[str, str], list[Json]] = {}  # (person, action_id) -> options last offered

    def tell(self, install: Install, inner: Json, channel: Channel | None) -> None:
        """Send an event to the app. Does not wait."""
        self.delivery.tell(payloads.event(self.world, install, inner, channel))

    async def ask(self, kind: str, body: Json) -> tuple[Ack, float]:
        """Send an interaction or command; the acknowledgement, and the milliseconds it took."""
        started = time.perf_counter()
        ack = await self.delivery.ask(kind, body)
        return ack, round((time.perf_counter() - started) * 1000, 1)

    def someone(self, who: str) -> Person:
        """A person who can act: deactivated people cannot."""
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
        """The app as installed in this person's team; Impossible when there is none."""
        found = self.world.install_of(person.id)
        if found is None:
            raise Impossible("No app is installed here.")
        return found

    def owner(self, message: Json) -> Install:
        """The installation a message was posted by."""
        for install in self.world.installs.values():
            if install.bot == message.get("bot_id"):
                return install
        raise Impossible("That message is no app's: nothing on it can be pressed.")

    def message(self, channel: Channel, ts: str) -> Json:
        """A message by its ts; Impossible when it is gone."""
        message = channel.messages.get(ts)
        if message is None:
            raise Impossible("That message is not there any more.")
        return message

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
        self, channel: Channel, person: Person, install: Install, message: Json | None = None
    ) -> str:
        """A new response_url for what this person just did, on a message if there is one."""
        kept = ResponseUrl(
            channel=channel.id,
            user=person.id,
            install=install,
            ts=message["ts"] if message else None,
            ephemeral=bool(message and message.get("is_ephemeral")),
            thread=message.get("thread_ts") if message else None,
            expires=self.world.now() + RESPONSE_SECONDS,
        )
        return f"{self.address}/response/{self.world.surfaces.response_url(kept)}"

    def slackbot(
        self, channel: Channel, person: Person, code: str, *, name: str = "", thread: str = ""
    ) -> Json:
        """Slackbot tells this person, and only them, why something failed."""
        text = SHOWN[code].format(name=name)
        message: Json = {"type": "message", "subtype": "slackbot_response", "user": SLACKBOT, "text": text}
        self.world.whisper(channel, person.id, {**message, **({"thread_ts": thread} if thread else {})})
        return {"ok": False, "error": code, "shown": code, "says": text}


def told(code: str) -> Json:
    """The answer of a gesture that failed: its code, and Slack's words for it."""
    return {"ok": False, "error": code, "shown": code, "says": SHOWN[code].format(name="It")}
