"""Builds a world from a scenario file: team, people, channels, first messages. Not the app's own data.

    team: {name: Corvanne Froid, domain: corvanne}
    app: {name: Cadrage}                       # optional
    guide: {en: "Be Élodie…", fr: "Soyez…"}    # optional, handed to the page as it is
    people:
      - {key: elodie, name: Élodie Martin, tz: Europe/Paris, locale: fr-FR, title: Facilitatrice}
      - {key: kim, name: Kim Larsen, team: vendor, restricted: true, locale: en-US}
    channels:
      - {name: boreal, members: [elodie, …], bot: true, messages: [{as: elodie, text: Bonjour}]}

Optional keys of a person: id, email, deleted, is_bot, is_admin, restricted, ultra_restricted, team; of a
channel: id, private, archived, shared (list of team keys), topic, purpose. Members "*": everybody of the home
team.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sandbox.people import Channel, Install, Person, Team
from sandbox.refusal import Impossible, Json
from sandbox.world import World

HOME = "T0SANDBOX"  # the team the app is installed in
HERE = Path(__file__).parent / "scenarios"
DEFAULT: Json = {
    "team": {"name": "Sandbox", "domain": "sandbox"},
    "people": [
        {"key": "ana", "name": "Ana Ruiz", "locale": "en-US", "tz": "Europe/Paris"},
        {"key": "ben", "name": "Ben Carter", "locale": "en-GB", "tz": "Europe/London"},
        {"key": "chloe", "name": "Chloé Petit", "locale": "fr-FR", "tz": "Europe/Paris"},
    ],
    "channels": [{"name": "general", "members": "*", "bot": True}],
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Tokens:
    """The credentials a demo app uses. Not secret: they open nothing but this pretend workspace."""

    bot: str = "xoxb-sandbox-cadrage-000000000000"
    app: str = "xapp-sandbox-cadrage-000000000000"
    signing_secret: str = "sandbox-signing-secret-0000000000"  # noqa: S105


def names() -> list[str]:
    """The scenarios there are."""
    return sorted(path.stem for path in HERE.glob("*.yaml"))


def read(name: str) -> Json:
    """A scenario's data; "" is a small default workspace. Impossible when there is no such scenario."""
    if not name:
        return DEFAULT
    path = HERE / f"{name}.yaml"
    if not name.replace("-", "").replace("_", "").isalnum() or not path.exists():
        raise Impossible(f"There is no scenario {name!r}; there is {', '.join(names()) or 'none'}.")
    data: Json = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return data


def build(data: Json, *, clock: Callable[[], float], tokens: Tokens) -> World:
    """A new world with the app installed in its home team."""
    world = World(clock=clock)
    home = data.get("team") or DEFAULT["team"]
    world.guide = data.get("guide") or {}
    world.add_team(Team(id=HOME, name=home["name"], domain=home.get("domain", "sandbox")))
    _install(world, data.get("app") or {}, tokens)
    for entry in data.get("people") or []:
        add_person(world, entry)
    for entry in data.get("channels") or []:
        add_channel(world, entry)
    return world


def _install(world: World, app: Json, tokens: Tokens) -> None:
    name = app.get("name", "Cadrage")
    bot = world.add_person(
        Person(
            id="U0CADRAGE",
            key=identifier(name).lower(),
            name=name,
            team=HOME,
            is_bot=True,
            locale="en-US",
        )
    )
    scopes = frozenset(app["scopes"]) if app.get("scopes") else None
    world.installs[HOME] = Install(
        team=HOME,
        app="A0CADRAGE",
        bot_user=bot.id,
        bot="B0CADRAGE",
        bot_token=tokens.bot,
        app_token=tokens.app,
        name=name,
        scopes=scopes,
    )


def add_person(world: World, entry: Json) -> Person:
    """One person from scenario data; a team named for the first time is made as a stranger's team."""
    fields: dict[str, Any] = dict(entry)
    key = str(fields.pop("key"))
    team = _team(world, fields.pop("team", ""))
    user = fields.pop("id", "") or f"U0{identifier(key)}"
    return world.add_person(Person(id=user, key=key, name=fields.pop("name", key), team=team, **fields))


def add_channel(world: World, entry: Json) -> Channel:
    """One channel from scenario data, with its first messages; these reach no app."""
    name = str(entry["name"]).lstrip("#")
    listed = entry.get("members") or []
    if listed == "*":
        members = {p.id for p in world.people.values() if p.team == HOME and not p.is_bot and not p.deleted}
    else:
        members = {world.person(who).id for who in listed}
    install = world.installs[HOME]
    if entry.get("bot"):
        members.add(install.bot_user)
    channel = world.add_channel(
        Channel(
            id=entry.get("id") or f"C0{identifier(name)}",
            name=name,
            team=HOME,
            kind="private" if entry.get("private") else "channel",
            members=members,
            topic=entry.get("topic", ""),
            purpose=entry.get("purpose", ""),
            shared={_team(world, team) for team in entry.get("shared") or []},
        )
    )
    for message in entry.get("messages") or []:
        _first_message(world, channel, message)
    channel.archived = bool(entry.get("archived"))
    last = next(reversed(channel.messages), "")
    channel.read = dict.fromkeys(members, last)  # what a scenario begins with was read long ago
    return channel


def _first_message(world: World, channel: Channel, message: Json) -> None:
    """A message from before the app, unheard by it; `days_ago` and `at` (UTC) put it in the past."""
    author = world.person(message["as"])
    kept = {"type": "message", "user": author.id, "team": author.team, "text": message["text"]}
    if "days_ago" in message:
        hour, minute = str(message["at"]).split(":")
        midnight = (int(world.now()) // 86_400 - int(message["days_ago"])) * 86_400
        ts = f"{midnight + int(hour) * 3600 + int(minute) * 60}.{len(channel.messages):06d}"
        channel.messages[ts] = {**kept, "ts": ts}
    else:
        world.post(channel, kept)


def _team(world: World, key: str) -> str:
    if not key:
        return HOME
    team = f"T0{identifier(key)}"
    if team not in world.teams:
        world.add_team(Team(id=team, name=key.title(), domain=key))
    return team


def identifier(text: str) -> str:
    """The letters and digits of a name, without accents, in capitals: for ids one can recognise."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain.upper() if c.isascii() and c.isalnum())[:9] or "X"
