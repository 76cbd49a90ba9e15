"""users.*, team.info, bots.info: what an app may know of people, of the team and of itself."""

from __future__ import annotations

import datetime
import zoneinfo

from sandbox.call import Call, Method
from sandbox.paging import paged
from sandbox.people import Person
from sandbox.refusal import Json, Refused
from sandbox.world import World


def user_json(world: World, person: Person, *, locale: bool, team: str) -> Json:
    """The user object. `is_stranger` for somebody of another team; no tz fields when the zone is empty."""
    body: Json = {
        "id": person.id,
        "team_id": person.team,
        "name": person.key,
        "deleted": person.deleted,
        "real_name": person.name,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 0,
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.restricted or person.ultra_restricted,
        "is_ultra_restricted": person.ultra_restricted,
        "profile": {
            "real_name": person.name,
            "display_name": person.name,
            "title": person.title,
            "real_name_normalized": person.name,
            "display_name_normalized": person.name,
            "first_name": person.name.split(" ")[0],
            "last_name": person.name.split(" ")[-1],
            "team": person.team,
            "image_72": "",
            "status_text": "",
            "status_emoji": "",
            **({"email": person.email} if person.email else {}),
        },
    }
    if person.tz and not person.deleted:
        body |= {"tz": person.tz, "tz_label": person.tz, "tz_offset": _offset(person.tz, world.now())}
    if locale:
        body["locale"] = person.locale
    if person.team != team:
        body["is_stranger"] = not any(
            person.id in c.members and team in {c.team, *c.shared} for c in world.channels.values()
        )
    return body


def _offset(tz: str, now: float) -> int:
    try:
        zone = zoneinfo.ZoneInfo(tz)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return 0
    offset = datetime.datetime.fromtimestamp(now, zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def user_info(call: Call) -> Json:
    """users.info."""
    call.need("user")
    person = call.person(call.text("user"))
    return {"user": user_json(call.world, person, locale=call.flag("include_locale"), team=call.install.team)}


def users(call: Call) -> Json:
    """users.list of the app's own team."""
    known = [p for p in call.world.people.values() if p.team == call.install.team]
    page, cursor = paged(known, call, 200)
    listed = [
        user_json(call.world, p, locale=call.flag("include_locale"), team=call.install.team) for p in page
    ]
    return {
        "members": listed,
        "cache_ts": int(call.world.now()),
        "response_metadata": {"next_cursor": cursor},
    }


def team_info(call: Call) -> Json:
    """team.info."""
    team = call.world.teams[call.install.team]
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}


def bot_info(call: Call) -> Json:
    """bots.info; Refused for another bot."""
    install = call.install
    if call.text("bot", install.bot) != install.bot:
        raise Refused("bot_not_found", f"there is no bot {call.text('bot')!r}")
    return {
        "bot": {
            "id": install.bot,
            "deleted": False,
            "name": install.name,
            "updated": 0,
            "app_id": install.app,
            "user_id": install.bot_user,
            "icons": {},
        }
    }


ROSTER: dict[str, Method] = {
    "bots.info": bot_info,
    "team.info": team_info,
    "users.info": user_info,
    "users.list": users,
}
