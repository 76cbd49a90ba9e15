"""The pretend workspace: who exists, what was posted, who sees it. Pure state: no network, no waiting.

It does not check what an app may send (limits.py), does not speak to the app (delivery.py) and decides no
access for API calls (methods.py). Time is `now`, in seconds since 1970, UTC; `shift` moves it forward.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from sandbox.people import Channel, Install, Person, Team
from sandbox.refusal import Impossible, Json, Refused
from sandbox.surfaces import Surfaces
from sandbox.vault import Vault

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SLACKBOT = "USLACKBOT"


class World:
    """Everything that exists. One per server; `reset` by making a new one."""

    def __init__(self, *, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.shift = 0.0  # seconds ahead of the clock, after time travel
        self.teams: dict[str, Team] = {}
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.installs: dict[str, Install] = {}  # by team
        self.manifest: Json | None = None  # what the app says of itself; None: everything is accepted
        self.guide: Json = {}
        self.watchers: list[Callable[[str, str], None]] = []
        self.version = 0
        self._serial = itertools.count(1)
        self._last_ts = 0
        self._dms: dict[frozenset[str], str] = {}
        self.surfaces = Surfaces(self)
        self.vault = Vault(self)

    # -- time and names -------------------------------------------------------------------------------------

    def now(self) -> float:
        """Seconds since 1970, UTC, as this world has it."""
        return self.clock() + self.shift

    def next_ts(self) -> str:
        """A message time stamp: Slack's `seconds.microseconds`, never twice the same, always growing."""
        self._last_ts = max(self._last_ts + 1, int(self.now() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, letter: str) -> str:
        """A fresh Slack-like id: a letter and ten characters."""
        number, text = next(self._serial), ""
        while number:
            number, digit = divmod(number, 36)
            text = DIGITS[digit] + text
        return f"{letter}0{text:0>9}"

    def changed(self, what: str, who: str) -> None:
        """Tell the watchers that a place ("channel", "home", "modal"…) of `who` looks different now."""
        self.version += 1
        for watch in self.watchers:
            watch(what, who)

    # -- people and places ----------------------------------------------------------------------------------

    def add_team(self, team: Team) -> None:
        """A team from now on; replaces one of the same id."""
        self.teams[team.id] = team

    def add_person(self, person: Person) -> Person:
        """A person from now on; replaces one of the same id."""
        self.people[person.id] = person
        self.changed("world", person.id)
        return person

    def change_person(self, user: str, **fields: object) -> Person:
        """Change a person: deactivated, another zone, another language…"""
        return self.add_person(replace(self.people[user], **fields))  # type: ignore[arg-type]

    def add_channel(self, channel: Channel) -> Channel:
        """A new conversation; one without an id is given one."""
        if not channel.id:
            channel.id = self.new_id({"im": "D", "mpim": "G"}.get(channel.kind, "C"))
        channel.created = int(self.now())
        self.channels[channel.id] = channel
        self.changed("world", channel.id)
        return channel

    def dm(self, *users: str) -> Channel:
        """The direct conversation of these people, opened on first use. With the app: its Messages tab."""
        who = frozenset(users)
        if who not in self._dms:
            kind = "im" if len(who) <= 2 else "mpim"
            team = self.people[next(iter(users))].team
            self._dms[who] = self.add_channel(Channel(kind=kind, team=team, members=set(who))).id
        return self.channels[self._dms[who]]

    def existing_dm(self, *users: str) -> Channel | None:
        """The direct messages of exactly these people, if there are any yet."""
        found = self._dms.get(frozenset(users))
        return self.channels[found] if found else None

    def person(self, who: str) -> Person:
        """Somebody by id, key or full name; Impossible with a sentence when there is nobody."""
        if found := self.people.get(who):
            return found
        wanted = who.lstrip("@").casefold()
        for person in self.people.values():
            if wanted in (person.key.casefold(), person.name.casefold()):
                return person
        raise Impossible(f"There is nobody called {who!r} here.")

    def channel(self, which: str) -> Channel:
        """A conversation by id or by #name; Refused `channel_not_found` otherwise."""
        if found := self.channels.get(which):
            return found
        wanted = which.lstrip("#")
        for channel in self.channels.values():
            if channel.name and channel.name == wanted:
                return channel
        raise Refused("channel_not_found", f"there is no conversation {which!r}")

    def install_of(self, user: str) -> Install | None:
        """The installation a person meets: that of their own team, else the home team's, as a stranger."""
        return self.installs.get(self.people[user].team) or next(iter(self.installs.values()), None)

    def installs_seeing(self, channel: Channel) -> Iterator[Install]:
        """The installations whose bot is in this conversation."""
        return (install for install in self.installs.values() if install.bot_user in channel.members)

    def can_see(self, user: str, channel: Channel) -> bool:
        """A member, or anybody full of the team for a public channel."""
        if user in channel.members:
            return True
        person = self.people[user]
        guest = person.restricted or person.ultra_restricted
        return channel.kind == "channel" and not guest and person.team in {channel.team, *channel.shared}

    # -- messages -------------------------------------------------------------------------------------------

    def post(self, channel: Channel, message: Json) -> Json:
        """Keep a message; gives it `ts`, and its thread the counts Slack shows. Returns it as kept."""
        ts = self.next_ts()
        message = {**message, "ts": ts}
        channel.messages[ts] = message
        thread = message.get("thread_ts")
        if thread and thread in channel.messages:
            channel.replies.setdefault(thread, []).append(ts)
            self._recount(channel, thread)
        self.changed("channel", channel.id)
        return message

    def edit(self, channel: Channel, ts: str, message: Json) -> None:
        """Put `message` in place of the one with this ts."""
        channel.messages[ts] = message
        self.changed("channel", channel.id)

    def delete(self, channel: Channel, ts: str) -> Json:
        """Remove a message; a parent with replies stays as a tombstone, as in Slack."""
        message = channel.messages[ts]
        thread = message.get("thread_ts")
        if channel.replies.get(ts):
            channel.messages[ts] = {
                "type": "message",
                "subtype": "tombstone",
                "user": SLACKBOT,
                "ts": ts,
                "thread_ts": ts,
                "hidden": True,
                "text": "This message was deleted.",
                "reply_count": len(channel.replies[ts]),
            }
        else:
            del channel.messages[ts]
        if thread and thread != ts and ts in channel.replies.get(thread, []):
            channel.replies[thread].remove(ts)
            self._recount(channel, thread)
        self.changed("channel", channel.id)
        return message

    def whisper(self, channel: Channel, user: str, message: Json) -> Json:
        """An ephemeral message: only this person sees it, and it is in no history."""
        message = {**message, "ts": self.next_ts(), "is_ephemeral": True}
        channel.ephemerals.setdefault(user, {})[message["ts"]] = message
        self.changed("channel", channel.id)
        return message

    def _recount(self, channel: Channel, thread: str) -> None:
        parent, replies = channel.messages[thread], channel.replies[thread]
        authors = list(dict.fromkeys(channel.messages[ts].get("user", "") for ts in replies))
        parent.update(
            thread_ts=thread,
            reply_count=len(replies),
            reply_users=authors[:5],
            reply_users_count=len(authors),
            latest_reply=replies[-1] if replies else thread,
        )


def broadcasts(text: str) -> bool:
    """Whether a message text would notify a whole channel."""
    return bool(re.search(r"<!(channel|here|everyone|subteam\^)", text))
