"""One Web API call: who calls, with which arguments. Reads arguments; decides nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.people import Channel, Install, Person
from sandbox.refusal import Json, Refused
from sandbox.world import World


@dataclass(kw_only=True, slots=True)
class Call:
    """A call by one installation. `args` come from a form or from JSON; forms carry JSON inside strings."""

    world: World
    install: Install
    args: Json
    address: str  # where this server is, for URLs in answers
    tell: Callable[[Install, Json, Channel | None], None]  # sends an event to an app
    extra: Json = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """An argument as text; JSON when the app sent a structure."""
        value = self.args.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value)

    def flag(self, name: str) -> bool:
        """An argument as a yes or no; absent is no."""
        return self.args.get(name) in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int) -> int:
        """An argument as a whole number; `default` when absent, Refused when it is none."""
        value = self.args.get(name)
        if value in (None, ""):
            return default
        try:
            return int(str(value))
        except ValueError:
            raise Refused("invalid_arguments", f"{name}: must be a number") from None

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """An argument that is JSON: already decoded, or a string to decode. None when absent."""
        value = self.args.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise Refused(error, f"{name}: is not JSON") from None

    def need(self, *names: str) -> None:
        """Refuse `invalid_arguments` when one is missing, as Slack does."""
        missing = [name for name in names if self.args.get(name) in (None, "")]
        if missing:
            raise Refused("invalid_arguments", *(f"missing required field: {name}" for name in missing))

    def channel(self, *, member: bool = False) -> Channel:
        """The conversation of `channel`, as far as this app may know it."""
        self.need("channel")
        return self.known_channel(self.text("channel"), member=member)

    def known_channel(self, which: str, *, member: bool = False) -> Channel:
        """The conversation `which` names (a person: their direct messages). Refused when it is hidden."""
        if which in self.world.people:
            return self.dm_with(self.person(which))
        channel = self.world.channel(which)
        inside = self.install.bot_user in channel.members
        ours = self.install.team in {channel.team, *channel.shared}
        if not ours or (not inside and channel.kind != "channel"):
            raise Refused(
                "channel_not_found", f"the app is not in {channel.name or channel.id}, which is private"
            )
        if member and not inside:
            raise Refused("not_in_channel", f"the app is not a member of #{channel.name}")
        return channel

    def person(self, which: str) -> Person:
        """The person with this id; Refused when there is none."""
        person = self.world.people.get(which)
        if person is None:
            raise Refused("user_not_found", f"there is no user {which!r}")
        return person

    def dm_with(self, person: Person) -> Channel:
        """The app's direct conversation with somebody; refused for bots and the deactivated."""
        if person.is_bot:
            raise Refused("cannot_dm_bot", f"{person.name} is a bot")
        if person.deleted:
            raise Refused("user_disabled", f"{person.name} is deactivated")
        return self.world.dm(self.install.bot_user, person.id)


Method = Callable[[Call], Json]
