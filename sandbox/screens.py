"""views.*: open, push, update, publish. Checks what Slack checks, then changes the person's screen."""

from __future__ import annotations

from sandbox import forms, limits, payloads
from sandbox.call import Call, Method
from sandbox.refusal import Json, Refused
from sandbox.surfaces import View


def open_view(call: Call) -> Json:
    """views.open, with a trigger_id not older than 3 seconds."""
    call.need("view")
    body = checked(call, "modal")
    trigger = call.world.surfaces.spend(_trigger(call))
    return {"view": payloads.view(call.world.surfaces.open(trigger.user, call.install, body))}


def push_view(call: Call) -> Json:
    """views.push, with a trigger made inside a modal."""
    call.need("view")
    body = checked(call, "modal")
    trigger = call.world.surfaces.spend(_trigger(call))
    return {"view": payloads.view(call.world.surfaces.push(trigger.user, call.install, body))}


def update_view(call: Call) -> Json:
    """views.update by view_id or external_id; `hash` guards against a race."""
    call.need("view")
    found: View | None = None
    if view_id := call.text("view_id"):
        found = call.world.surfaces.find(view_id)
    elif external := call.text("external_id"):
        found = call.world.surfaces.find_external(external, call.install.team)
    else:
        raise Refused("invalid_arguments", "missing required field: view_id or external_id")
    if found is None or found.install.app != call.install.app or found.install.team != call.install.team:
        raise Refused("not_found", "that view is not open any more")
    body = checked(call, str(found.body.get("type", "modal")))
    return {"view": payloads.view(call.world.surfaces.update(found, body, call.text("hash") or None))}


def publish_view(call: Call) -> Json:
    """views.publish: the Home tab of one person."""
    call.need("user_id", "view")
    person = call.person(call.text("user_id"))
    if person.is_bot or person.deleted:
        raise Refused("user_not_found" if person.deleted else "not_enabled", f"{person.name} has no Home tab")
    body = checked(call, "home")
    view = call.world.surfaces.publish(person.id, call.install, body, call.text("hash") or None)
    return {"view": payloads.view(view)}


def checked(call: Call, kind: str) -> Json:
    """The view argument after Slack's checks, with ids filled in."""
    return accepted(call.structure("view", "invalid_arguments"), kind)


def accepted(body: Json, kind: str) -> Json:
    """A view body after Slack's checks, with ids filled in. Also used for response_action bodies."""
    limits.check_view(body, kind)
    return {**body, "blocks": forms.with_ids(body["blocks"])}


def _trigger(call: Call) -> str:
    call.need("trigger_id")
    return call.text("trigger_id")


VIEWS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_view,
}
