"""How one person is answered at once: an ephemeral line, a small page, a form that opens.

Never the only copy of anything: what must last goes through the outbox.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.outbound.outcome import Outcome, Refused, Sent
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.words import blocks
from bot.words.text import Wording
from storage.errors import Busy, Unavailable

#: What Slack answers to a fourth modal on top of each other.
NO_MORE_ON_TOP = "push_limit_reached"
Build = Callable[[], Awaitable[Json]]


def tell(request: Request, parts: Parts, w: Wording, said: str, *, more: Sequence[Json] = ()) -> Reply:
    """One line to the person who pressed or typed, wherever they did it."""
    if request.kind == "view":
        return Reply(
            ack={"response_action": "update", "view": page(w, w("Cadrage"), [blocks.section(said), *more])}
        )
    message = {"text": blocks.said([blocks.section(said)]), "blocks": [blocks.section(said), *more]}
    if request.kind == "command":
        return Reply(ack={"response_type": "ephemeral", **message})
    if request.response_url:
        private = {"response_type": "ephemeral", "replace_original": False, **message}
        return Reply(after=lambda: _respond(request, parts, private))
    view = page(w, w("Cadrage"), [blocks.section(said), *more])

    async def put() -> None:
        await _show(request, parts, view)

    return Reply(after=put)


def show(request: Request, parts: Parts, w: Wording, title: str, build: Build) -> Reply:
    """A page or form that opens at once with "Opening…" and is filled when `build` is done."""
    return Reply(after=lambda: _opened(request, parts, w, title, build))


def refreshed(request: Request, parts: Parts, view: Json) -> Reply:
    """The modal shows `view` from now on: the one the gesture was made in, and what a form was put
    over. Home is drawn again by whoever changed something."""
    shown = request.payload.get("view") or {}
    if shown.get("type") == "home":
        return Reply()
    if request.kind != "view":
        return Reply(after=lambda: _update(request, parts, str(shown.get("id") or ""), view))
    below = str(shown.get("previous_view_id") or "")
    ack = {"response_action": "update", "view": view}
    return Reply(ack=ack, after=(lambda: _update(request, parts, below, view)) if below else None)


def page(
    w: Wording, title: str, rows: Sequence[Json], *, metadata: str = "", callback_id: str = "page"
) -> Json:
    """A modal to read, without a submit button."""
    return blocks.modal(title, rows, callback_id=callback_id, close=w.p("window", "Close"), metadata=metadata)


def chosen(request: Request) -> str:
    """The value of the button, menu or select that was used. User input like everything else."""
    used = (request.payload.get("actions") or [{}])[0]
    option = used.get("selected_option") or {}
    found = used.get("value") or option.get("value") or used.get("selected_user") or ""
    return str(found)


def metadata(request: Request) -> str:
    """The private_metadata of the view acted in. User input."""
    return str((request.payload.get("view") or {}).get("private_metadata") or "")


def state(request: Request, block_id: str, action_id: str) -> Json:
    """What a view's field holds, as Slack gives it; {} when it is not there."""
    values = ((request.payload.get("view") or {}).get("state") or {}).get("values") or {}
    found = (values.get(block_id) or {}).get(action_id)
    return found if isinstance(found, dict) else {}


def in_modal(request: Request) -> bool:
    """Whether the gesture was made inside an open modal."""
    return (request.payload.get("view") or {}).get("type") == "modal"


async def _respond(request: Request, parts: Parts, message: dict[str, Any]) -> None:
    await parts.slack.respond(request.response_url, message)


async def _update(request: Request, parts: Parts, view_id: str, view: Json) -> None:
    await parts.slack.update_view(request.workspace, view_id, view)


async def put_up(request: Request, parts: Parts, view: Json) -> Outcome:
    """A modal, on top of the one the gesture was made in; in its place where Slack takes no more on top."""
    put = parts.slack.push_view if in_modal(request) else parts.slack.open_view
    outcome = await put(request.workspace, request.trigger_id, view)
    if isinstance(outcome, Refused) and outcome.code == NO_MORE_ON_TOP:
        below = str((request.payload.get("view") or {}).get("id") or "")
        return await parts.slack.update_view(request.workspace, below, view)
    return outcome


async def _show(request: Request, parts: Parts, view: Json) -> str:
    """Puts a view up. Gives its id, "" if it did not open."""
    outcome = await put_up(request, parts, view)
    return str((outcome.data.get("view") or {}).get("id") or "") if isinstance(outcome, Sent) else ""


async def _opened(request: Request, parts: Parts, w: Wording, title: str, build: Build) -> None:
    opened = await _show(request, parts, page(w, title, [blocks.section(w("Opening…"))]))
    if not opened:
        return
    try:
        view = await build()
    except Exception as problem:
        said = w("This cannot be shown right now. Close it and press again.")
        await parts.slack.update_view(request.workspace, opened, page(w, title, [blocks.section(said)]))
        if not isinstance(problem, (Busy, Unavailable)):
            raise  # a defect of ours: it belongs in the log, but nobody is left in front of "Opening…"
        return
    await parts.slack.update_view(request.workspace, opened, view)
