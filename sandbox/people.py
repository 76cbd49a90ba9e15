"""Who and what a workspace is made of: teams, people, installed apps, channels. Only records."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.refusal import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Team:
    """A workspace. The first of a world is home; others exist for strangers and for a second installation."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A user, human or bot, as `users.info` knows them. `tz` is an IANA name; it may be wrong or empty."""

    id: str
    key: str  # the short name scenarios and tests use
    name: str
    team: str
    tz: str = "Europe/Paris"
    locale: str = "fr-FR"
    title: str = ""
    email: str = ""
    is_bot: bool = False
    deleted: bool = False
    restricted: bool = False  # guest in several channels
    ultra_restricted: bool = False  # guest in one channel
    is_admin: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Install:
    """The app in one team: its tokens and the bot user it speaks as."""

    team: str
    app: str
    bot_user: str
    bot: str
    bot_token: str
    app_token: str
    name: str = "Cadrage"
    scopes: frozenset[str] | None = None  # None: every scope is granted


@dataclass(kw_only=True, slots=True)
class Channel:
    """A conversation and all that was posted in it, oldest first. Messages are Slack's own JSON."""

    team: str
    kind: str  # "channel", "private", "im", "mpim"
    id: str = ""
    name: str = ""
    created: int = 0
    creator: str = ""
    members: set[str] = field(default_factory=set)
    archived: bool = False
    shared: set[str] = field(default_factory=set)  # other teams that share it (Slack Connect)
    topic: str = ""
    purpose: str = ""
    messages: dict[str, Json] = field(default_factory=dict)
    replies: dict[str, list[str]] = field(default_factory=dict)  # thread ts -> ts of its replies
    ephemerals: dict[str, dict[str, Json]] = field(default_factory=dict)  # user -> ts -> message
    canvases: list[str] = field(default_factory=list)  # ids of files in the vault, one tab each
    read: dict[str, str] = field(default_factory=dict)  # user -> ts of the last message they have seen

    @property
    def event_kind(self) -> str:
        """`channel_type` of events: channel, group, im or mpim."""
        return "group" if self.kind == "private" else self.kind
