"""The Web API: every method by name, who may call it, and the answer. Knows nothing of HTTP."""

from __future__ import annotations

from sandbox.call import Call, Method
from sandbox.canvases import CANVASES
from sandbox.chat import CHAT
from sandbox.directory import DIRECTORY
from sandbox.history import HISTORY
from sandbox.people import Install
from sandbox.refusal import Json, Refused
from sandbox.roster import ROSTER
from sandbox.screens import VIEWS
from sandbox.uploads import UPLOADS
from sandbox.world import World


def auth_test(call: Call) -> Json:
    """auth.test: who this token is."""
    install, team = call.install, call.world.teams[call.install.team]
    return {
        "url": f"{call.address}/",
        "team": team.name,
        "user": call.world.people[install.bot_user].key,
        "team_id": team.id,
        "user_id": install.bot_user,
        "bot_id": install.bot,
        "is_enterprise_install": False,
    }


def api_test(call: Call) -> Json:
    """api.test: echoes."""
    if error := call.text("error"):
        raise Refused(error)
    return {"args": call.args}


METHODS: dict[str, Method] = {
    "auth.test": auth_test,
    "api.test": api_test,
    **CHAT,
    **VIEWS,
    **DIRECTORY,
    **HISTORY,
    **ROSTER,
    **UPLOADS,
    **CANVASES,
}

# the scope a method needs, as Slack's method pages say; any one of several is enough
SCOPES: dict[str, tuple[str, ...]] = {
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history", "mpim:history"),
    "conversations.replies": ("channels:history", "groups:history", "im:history", "mpim:history"),
    "conversations.info": ("channels:read", "groups:read", "im:read", "mpim:read"),
    "conversations.list": ("channels:read", "groups:read", "im:read", "mpim:read"),
    "conversations.members": ("channels:read", "groups:read", "im:read", "mpim:read"),
    "users.conversations": ("channels:read", "groups:read", "im:read", "mpim:read"),
    "conversations.join": ("channels:join",),
    "conversations.open": ("im:write", "mpim:write", "channels:manage", "groups:write"),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "bots.info": ("users:read",),
    "team.info": ("team:read",),
    "reactions.add": ("reactions:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.completeUploadExternal": ("files:write",),
    "files.info": ("files:read",),
    "canvases.create": ("canvases:write",),
    "canvases.edit": ("canvases:write",),
}


def authorised(world: World, token: str) -> Install:
    """The installation of a bot token; Refused as Slack does."""
    if not token:
        raise Refused("not_authed", "no token was sent")
    for install in world.installs.values():
        if token == install.bot_token:
            return install
        if token == install.app_token:
            raise Refused(
                "not_allowed_token_type", "this method needs the bot token (xoxb-), not the app token"
            )
    raise Refused("invalid_auth", "this token is not known here")


def app_authorised(world: World, token: str) -> Install:
    """The installation of an app-level token, for apps.connections.open."""
    if not token:
        raise Refused("not_authed", "no token was sent")
    for install in world.installs.values():
        if token == install.app_token:
            return install
        if token == install.bot_token:
            raise Refused(
                "not_allowed_token_type", "this method needs the app token (xapp-), not the bot token"
            )
    raise Refused("invalid_auth", "this token is not known here")


def perform(name: str, call: Call) -> Json:
    """Run one method; the body of the answer, refusals included."""
    method = METHODS.get(name)
    try:
        if method is None:
            raise Refused("unknown_method", f"there is no method {name!r} here", req_method=name)
        granted, needed = call.install.scopes, SCOPES.get(name)
        if granted is not None and needed and not granted & set(needed):
            raise Refused(
                "missing_scope",
                f"{name} needs {' or '.join(needed)}",
                needed=needed[0],
                provided=",".join(sorted(granted)),
            )
        return {"ok": True, **method(call)}
    except Refused as refusal:
        return refusal.body()
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        why = f"arguments of an unexpected shape ({type(problem).__name__}: {problem})"
        return Refused("invalid_arguments", why).body()
