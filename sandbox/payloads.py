"""The JSON Slack sends to an app: events, commands, actions, submissions. Only shapes."""

from __future__ import annotations

from sandbox import forms
from sandbox.people import Channel, Install, Person
from sandbox.refusal import Json
from sandbox.surfaces import View
from sandbox.world import World

TOKEN = "sandbox-verification-token"  # noqa: S105 - Slack's retired verification token, never trusted


def event(world: World, install: Install, inner: Json, channel: Channel | None = None) -> Json:
    """An `event_callback` envelope with a fresh event_id."""
    return {
        "token": TOKEN,
        "team_id": install.team,
        "api_app_id": install.app,
        "event": inner,
        "type": "event_callback",
        "event_id": world.new_id("Ev"),
        "event_time": int(world.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": install.team,
                "user_id": install.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.shared),
        "context_team_id": install.team,
        "context_enterprise_id": None,
        "event_context": f"4-{world.version:x}",
    }


def message_event(channel: Channel, message: Json) -> Json:
    """The inner event for a new message."""
    return {
        **{key: value for key, value in message.items() if key not in {"reply_count", "reply_users"}},
        "channel": channel.id,
        "event_ts": message["ts"],
        "channel_type": channel.event_kind,
    }


def user(world: World, person: Person) -> Json:
    """`user` of an interaction."""
    return {"id": person.id, "username": person.key, "name": person.key, "team_id": person.team}


def team(world: World, install: Install) -> Json:
    """The team as payloads name it."""
    home = world.teams[install.team]
    return {"id": home.id, "domain": home.domain}


def interaction(world: World, install: Install, person: Person, kind: str) -> Json:
    """What all interactions share."""
    return {
        "type": kind,
        "user": user(world, person),
        "api_app_id": install.app,
        "token": TOKEN,
        "team": team(world, install),
        "enterprise": None,
        "is_enterprise_install": False,
    }


def view(shown: View) -> Json:
    """A view as Slack gives it in payloads and answers."""
    body = shown.body
    install = shown.install
    return {
        "id": shown.id,
        "team_id": install.team,
        "type": body.get("type", "modal"),
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata") or "",
        "callback_id": body.get("callback_id") or "",
        "state": {"values": forms.state_values(body["blocks"], shown.typed)},
        "hash": shown.hash,
        "title": body.get("title"),
        "clear_on_close": bool(body.get("clear_on_close")),
        "notify_on_close": bool(body.get("notify_on_close")),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": shown.previous,
        "root_view_id": shown.root,
        "app_id": install.app,
        "external_id": shown.external_id,
        "app_installed_team_id": install.team,
        "bot_id": install.bot,
    }


def command(world: World, install: Install, person: Person, channel: Channel, line: str) -> dict[str, str]:
    """The form fields of a slash command; response_url and trigger_id are added by the gesture."""
    name, _, text = line.partition(" ")
    return {
        "token": TOKEN,
        "team_id": install.team,
        "team_domain": world.teams[install.team].domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.key,
        "command": name,
        "text": text.strip(),
        "api_app_id": install.app,
        "is_enterprise_install": "false",
    }


def channel_name(channel: Channel) -> str:
    """Slack's name for a channel in payloads: a direct message has none of its own."""
    return "directmessage" if channel.kind == "im" else channel.name or "privategroup"
