"""Modals, Home tabs, and the short-lived handles (trigger_id, response_url) that lead to them. Pure state.

A person's modals are a stack of at most three. What they have typed lives in `View.typed`, keyed by block and
action: an update that keeps both ids keeps the typing, as Slack's client does.
"""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from sandbox.people import Install
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.world import World

TRIGGER_SECONDS = 3.0
RESPONSE_USES, RESPONSE_SECONDS = 5, 1800.0
STACK = 3
REMEMBERED = 300.0  # seconds an expired handle is still known, to say "expired" rather than "unknown"


@dataclass(kw_only=True, slots=True)
class View:
    """One modal or Home tab on one person's screen."""

    id: str
    user: str
    install: Install
    body: Json  # as the app sent it, with block and action ids filled in
    hash: str
    root: str = ""
    previous: str | None = None
    typed: dict[str, dict[str, Json]] = field(default_factory=dict)  # block -> action -> Slack's state value
    errors: dict[str, str] = field(default_factory=dict)
    notice: str = ""  # what Slack shows when a submission went wrong

    @property
    def external_id(self) -> str:
        """The app's own name for this view; empty for none."""
        return str(self.body.get("external_id") or "")


@dataclass(kw_only=True, slots=True)
class Trigger:
    """Permission to open one view, for 3 seconds, once."""

    user: str
    team: str
    expires: float
    view: str | None  # the modal it was made in, if any
    used: bool = False


@dataclass(kw_only=True, slots=True)
class ResponseUrl:
    """A place to answer to: five posts in thirty minutes."""

    channel: str
    user: str
    install: Install
    ts: str | None  # the message it came from
    ephemeral: bool
    expires: float
    thread: str | None = None
    uses: int = 0


Handle = TypeVar("Handle", Trigger, ResponseUrl)


class Surfaces:
    """All views and handles of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[tuple[str, str], View] = {}  # (user, app)
        self.views: dict[str, View] = {}  # every open one, by id
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}

    # -- handles --------------------------------------------------------------------------------------------

    def trigger(self, user: str, view: str | None = None) -> str:
        """A fresh trigger_id for what this person just did."""
        now = self.world.now()
        _sweep(self.triggers, now - REMEMBERED)
        name = f"{int(now * 1000)}.{len(self.triggers)}.{secrets.token_hex(16)}"
        self.triggers[name] = Trigger(
            user=user, team=self.world.people[user].team, expires=now + TRIGGER_SECONDS, view=view
        )
        return name

    def spend(self, trigger_id: str) -> Trigger:
        """Use a trigger; Refused when unknown, used or older than 3 seconds."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id", "this trigger_id was never given")
        if trigger.used:
            raise Refused("exchanged_trigger_id", "a trigger_id opens one view; this one was used already")
        if self.world.now() > trigger.expires:
            late = self.world.now() - trigger.expires + TRIGGER_SECONDS
            raise Refused("expired_trigger_id", f"a trigger_id lives 3 seconds; this one is {late:.1f} s old")
        trigger.used = True
        return trigger

    def response_url(self, kept: ResponseUrl) -> str:
        """The secret part of a new response_url."""
        _sweep(self.response_urls, self.world.now() - REMEMBERED)
        name = secrets.token_hex(12)
        self.response_urls[name] = kept
        return name

    # -- views ----------------------------------------------------------------------------------------------

    def stack(self, user: str) -> list[View]:
        """The modals this person has open, the top one last."""
        return self.stacks.setdefault(user, [])

    def find(self, view_id: str) -> View | None:
        """An open view by id: a modal on somebody's stack, or a Home tab."""
        return self.views.get(view_id)

    def find_external(self, external_id: str, team: str) -> View | None:
        """The open view with the app's own name for it."""
        return next(
            (v for v in self.views.values() if v.external_id == external_id and v.install.team == team), None
        )

    def open(self, user: str, install: Install, body: Json) -> View:
        """A new root modal; whatever was open is replaced."""
        self._external_is_free(body, install)
        view = View(id=self.world.new_id("V"), user=user, install=install, body=body, hash=self.new_hash())
        view.root = view.id
        self.clear(user)
        self.stacks[user] = [view]
        self.views[view.id] = view
        self.world.changed("modal", user)
        return view

    def push(self, user: str, install: Install, body: Json) -> View:
        """One more modal on top; Refused when three are open or none is."""
        stack = self.stack(user)
        if not stack:
            raise Refused("not_found", "there is no open modal to push onto")
        if len(stack) >= STACK:
            raise Refused("push_limit_reached", "3 views are open already, 3 allowed")
        self._external_is_free(body, install)
        view = View(
            id=self.world.new_id("V"),
            user=user,
            install=install,
            body=body,
            hash=self.new_hash(),
            root=stack[0].id,
            previous=stack[-1].id,
        )
        stack.append(view)
        self.views[view.id] = view
        self.world.changed("modal", user)
        return view

    def update(self, view: View, body: Json, hash: str | None = None) -> View:
        """Replace what a view shows; typing under unchanged block and action ids stays."""
        if hash and hash != view.hash:
            raise Refused("hash_conflict", f"the view is now at {view.hash}, the update was made for {hash}")
        if body.get("external_id") and body["external_id"] != view.external_id:
            self._external_is_free(body, view.install)
        view.body, view.hash, view.errors, view.notice = body, self.new_hash(), {}, ""
        self.world.changed("home" if body.get("type") == "home" else "modal", view.user)
        return view

    def publish(self, user: str, install: Install, body: Json, hash: str | None = None) -> View:
        """What this person's Home tab shows from now on."""
        kept = self.homes.get((user, install.app))
        if kept is not None:
            return self.update(kept, body, hash)
        view = View(id=self.world.new_id("V"), user=user, install=install, body=body, hash=self.new_hash())
        view.root = view.id
        self.views[view.id] = view
        self.homes[user, install.app] = view
        self.world.changed("home", user)
        return view

    def close(self, view: View) -> None:
        """Take a modal off its stack; the one under it shows again."""
        stack = self.stack(view.user)
        if view in stack:
            stack.remove(view)
            self.views.pop(view.id, None)
        self.world.changed("modal", view.user)

    def clear(self, user: str) -> list[View]:
        """Close all modals of a person; returns those that were open."""
        closed = self.stacks.pop(user, [])
        for view in closed:
            self.views.pop(view.id, None)
        self.world.changed("modal", user)
        return closed

    def new_hash(self) -> str:
        """A hash no other version of a view has."""
        return f"{int(self.world.now())}.{secrets.token_hex(4)}"

    def _external_is_free(self, body: Json, install: Install) -> None:
        external = body.get("external_id")
        if external and self.find_external(str(external), install.team):
            raise Refused("duplicate_external_id", f"another open view already has external_id {external!r}")


def _sweep(handles: dict[str, Handle], before: float) -> None:
    """Forget a few of the oldest handles that expired before this moment."""
    oldest = list(itertools.islice(handles.items(), 4))
    for name in [name for name, handle in oldest if handle.expires < before]:
        del handles[name]
