"""A stage for stories about screens: a real SQLite database, our own Slack, and people who press things.

Nothing here knows what a screen should look like; the stories do.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.outbound.outcome import Outcome, Sent
from bot.parts import Parts
from bot.request import Reply, Request
from bot.routes import ROUTES
from bot.settings import Settings
from flows.playbook import Playbook
from flows.project import Member, Person
from flows.words import Language
from sandbox.limits import check_view
from storage import dialogue as dialogues
from storage import person as kept
from storage import project as projects
from storage.database import Database
from storage.tables import outbox

WORKSPACE = "T1"
ELODIE, CLAIRE, MARC, INES, PAUL, SOFIA = "UELODIE", "UCLAIRE", "UMARC", "UINES", "UPAUL", "USOFIA"
NAMES = {
    ELODIE: "Élodie Martin", CLAIRE: "Claire Vasseur", MARC: "Marc Delorme", INES: "Inès Rahmani",
    PAUL: "Paul Kermorgan", SOFIA: "Sofia Lindqvist",
}  # fmt: skip
START = datetime(2026, 1, 19, 9, 0, tzinfo=UTC)
Json = dict[str, Any]


class Calendar:
    """A clock the story moves."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def later(self, **by: float) -> None:
        self.at += timedelta(**by)


class RecordingSlack:
    """Answers what Slack answers, refuses what Slack refuses of a view, and remembers."""

    def __init__(self) -> None:
        self.views: dict[str, Json] = {}  # what is shown, by view id
        self.calls: list[tuple[str, Json]] = []

    async def call(self, workspace: str, method: str, **params: Any) -> Outcome:
        self.calls.append((method, params))
        if method == "users.info":
            user = params["user"]
            return Sent(data={"user": {"id": user, "real_name": NAMES.get(user, user), "locale": "en-GB"}})
        return Sent()

    async def open_view(self, workspace: str, trigger_id: str, view: Json) -> Outcome:
        return self._put(f"V{len(self.views) + 1}", view)

    async def push_view(self, workspace: str, trigger_id: str, view: Json) -> Outcome:
        return self._put(f"V{len(self.views) + 1}", view)

    async def update_view(self, workspace: str, view_id: str, view: Json, hash: str | None = None) -> Outcome:
        return self._put(view_id, view)

    def _put(self, id: str, view: Json) -> Outcome:
        check_view(view, "modal")
        self.views[id] = view
        return Sent(data={"view": {"id": id, **view}})


@dataclass
class Hand:
    """What one person does in one modal: fills fields, presses buttons, sends, reads."""

    stage: "Stage"
    user: str
    stack: list[str] = field(default_factory=list)  # ids of open views
    typed: dict[str, dict[str, Json]] = field(default_factory=dict)  # view id -> block id -> state
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def view(self) -> Json:
        """The view on top."""
        return self.stage.slack.views[self.stack[-1]]

    @property
    def text(self) -> str:
        """Every word of the view on top."""
        return said(self.view)

    async def opens(self, dialogue: str, action: str = "dialogue.open") -> "Hand":
        self.stack = []
        before = set(self.stage.slack.views)
        await self._act({"action_id": action, "type": "button", "value": dialogue})
        self.stack = [*self.stack, *(id for id in self.stage.slack.views if id not in before)]
        return self

    async def presses(self, words: str, *, n: int = 0) -> "Hand":
        """Presses the n-th button with these words."""
        buttons = [e for e in elements(self.view) if e["type"] == "button" and plain(e["text"]) == words]
        assert len(buttons) > n, f"no button {words!r} in {self.text}"
        button = buttons[n]
        await self._act({k: v for k, v in button.items() if k in ("action_id", "value", "type")})
        return self

    async def chooses(self, action: str, value: str) -> "Hand":
        """Chooses in a list or menu that tells at once."""
        found = next(e for e in elements(self.view) if e.get("action_id", "").startswith(action))
        option = next(o for o in found["options"] if o["value"] == value)
        block = next((b for b in self.view["blocks"] if b.get("element") is found), None)
        if block is not None:
            self._state(block["block_id"], found, value)
        await self._act({"action_id": found["action_id"], "type": found["type"], "selected_option": option})
        return self

    def fills(self, values: dict[str, Any]) -> "Hand":
        """Fills fields by the beginning of their block id after "q:" or "c:"."""
        for start, value in values.items():
            fields = [b for b in self.view["blocks"] if b["type"] == "input" and _is(b["block_id"], start)]
            assert fields, f"no field {start} in {[b.get('block_id') for b in self.view['blocks']]}"
            self._state(fields[0]["block_id"], fields[0]["element"], value)
        return self

    async def sends(self) -> "Hand":
        """Presses the submit button."""
        id, view = self.stack[-1], self.view
        assert "submit" in view, f"nothing to send in {self.text}"
        request = self.stage.request(
            "view", view["callback_id"], self.user, {"view": self._payload_view(), "type": "view_submission"}
        )
        reply = await ROUTES.views[request.name](request, self.stage.parts)
        self._answered(id, reply.ack)
        if reply.after:
            await reply.after()
        return self

    def _answered(self, id: str, ack: Json) -> None:
        self.errors = ack.get("errors", {})
        for block in self.errors:
            shown = next(b for b in self.view["blocks"] if b.get("block_id") == block)
            assert shown["type"] == "input", "Slack shows errors under inputs only"
        if ack.get("response_action") == "update":
            self.stage.slack._put(id, ack["view"])
        elif ack.get("response_action") == "clear":
            self.stack = []
        elif not ack:
            self.stack.pop()

    async def _act(self, action: Json) -> None:
        view = self._payload_view() if self.stack else None
        payload = {"type": "block_actions", "actions": [action], **({"view": view} if view else {})}
        name = action["action_id"].split(":")[0]
        before = set(self.stage.slack.views)
        reply: Reply = await ROUTES.actions[name](
            self.stage.request("action", name, self.user, payload), self.stage.parts
        )
        if reply.after:
            await reply.after()
        if self.stack:
            self.stack += [id for id in self.stage.slack.views if id not in before]

    def _payload_view(self) -> Json:
        """The view as Slack sends it back: fields keep what was typed while their ids stay."""
        id, view = self.stack[-1], self.view
        values: dict[str, Json] = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                element = block["element"]
                held = self.typed.get(id, {}).get(block["block_id"]) or initial(element)
                values[block["block_id"]] = {element["action_id"]: {"type": element["type"], **held}}
        return {
            "id": id, "type": "modal", "callback_id": view["callback_id"], "state": {"values": values},
            "private_metadata": view["private_metadata"], "root_view_id": self.stack[0],
            "previous_view_id": self.stack[-2] if len(self.stack) > 1 else None,
        }  # fmt: skip

    def _state(self, block: str, element: Json, value: Any) -> None:
        self.typed.setdefault(self.stack[-1], {})[block] = state(element, value)


@dataclass
class Stage:
    """The world of one story."""

    parts: Parts
    slack: RecordingSlack
    calendar: Calendar
    project: str = ""
    woken: list[int] = field(default_factory=list)

    def request(self, kind: Any, name: str, user: str, payload: Json) -> Request:
        """A verified gesture."""
        return Request(kind=kind, name=name, workspace=WORKSPACE, user=user, payload=payload, trigger_id="t")

    def hand(self, user: str) -> Hand:
        return Hand(stage=self, user=user)

    async def run(self, function: Any, **named: Any) -> Any:
        return await self.parts.db.run(function, **named)

    async def opens(
        self, flow: str, *, people: Iterable[str], closes_on: Any = None, by: str = ELODIE
    ) -> str:
        """A dialogue is sent to these people."""
        id = await self.run(
            dialogues.open, workspace=WORKSPACE, project_id=self.project, flow=flow, opened_by=by,
            closes_on=closes_on, now=self.calendar.now(),
        )  # fmt: skip
        await self.run(
            dialogues.invite,
            workspace=WORKSPACE,
            dialogue_id=id,
            users=list(people),
            by=by,
            now=self.calendar.now(),
        )
        return str(id)

    async def answers(self, dialogue: str) -> dict[str, Any]:
        """Question to {respondent: value or exit}."""
        found = await self.parts.db.read(dialogues.answers, workspace=WORKSPACE, dialogue_id=dialogue)
        return {q: {r: a.exit or a.value for r, a in rows} for q, rows in found.items()}

    async def queued(self, what: str) -> list[Json]:
        """The rows of the outbox that say `what`."""
        return [row for row in await self.parts.db.read(_rows) if row["ref"].get("what") == what]


async def built(database: Database, playbook: Playbook, *, language: Language = "en") -> Stage:
    """The example company's project with its people."""
    slack, calendar = RecordingSlack(), Calendar()
    parts = Parts(
        settings=Settings(), db=database, slack=slack, clock=calendar, playbook=playbook, wake=lambda: None,  # type: ignore[arg-type]
    )  # fmt: skip
    stage = Stage(parts=parts, slack=slack, calendar=calendar)
    stage.project = await database.run(
        projects.create, workspace=WORKSPACE, channel="C1", language=language, facilitator=ELODIE,
        name="Boréal", now=START,
    )  # fmt: skip
    for user, name in NAMES.items():
        profile = Person(
            workspace=WORKSPACE, user=user, name=name, zone="Europe/Paris", fetched_at=START,
            locale="fr-FR" if language == "fr" else "en-GB",
        )  # fmt: skip
        await database.run(kept.remember, person=profile)
    for role, user in (("sponsor", CLAIRE), ("arbiter", CLAIRE), ("lead", MARC)):
        await database.run(projects.set_role, workspace=WORKSPACE, id=stage.project, role=role, user=user)
    team = (
        Member(user=MARC, function="sales", daci="driver"), Member(user=INES, function="marketing"),
        Member(user=PAUL, function="service"), Member(user=SOFIA, function="it"),
    )  # fmt: skip
    await database.run(projects.set_team, workspace=WORKSPACE, id=stage.project, members=team)
    return stage


def said(view: Json) -> str:
    """Every text in a view, in order, with plain spaces."""
    found: list[str] = []

    def walk(thing: Any) -> None:
        if isinstance(thing, dict):
            if isinstance(thing.get("text"), str) and thing.get("type") in ("plain_text", "mrkdwn"):
                found.append(thing["text"])
            for value in thing.values():
                walk(value)
        elif isinstance(thing, list):
            for value in thing:
                walk(value)

    walk(view)
    return re.sub("[\u00a0\u202f]", " ", "\n".join(found))


def elements(view: Json) -> list[Json]:
    """Every interactive element."""
    found: list[Json] = []
    for block in view["blocks"]:
        found += [e for e in block.get("elements", []) if "action_id" in e]
        found += [e for e in (block.get("accessory"), block.get("element")) if e]
    return found


def plain(text: Json) -> str:
    return re.sub("[\u00a0\u202f]", " ", text["text"])


def initial(element: Json) -> Json:
    """The state of a field nobody touched."""
    keys = {
        "initial_value": "value", "initial_option": "selected_option", "initial_options": "selected_options",
        "initial_user": "selected_user", "initial_users": "selected_users", "initial_date": "selected_date",
    }  # fmt: skip
    return {state: element[key] for key, state in keys.items() if key in element}


def state(element: Json, value: Any) -> Json:
    """The state of a field after somebody filled it, as Slack reports it."""
    match element["type"]:
        case "plain_text_input" | "number_input":
            return {"value": str(value)}
        case "radio_buttons" | "static_select":
            return {"selected_option": next(o for o in element["options"] if o["value"] == str(value))}
        case "checkboxes" | "multi_static_select":
            return {"selected_options": [o for o in element["options"] if o["value"] in value]}
        case "users_select":
            return {"selected_user": value}
        case "multi_users_select":
            return {"selected_users": value}
        case "datepicker":
            return {"selected_date": value}
    raise AssertionError(element["type"])


def _is(block: str, start: str) -> bool:
    """ "OBJ04:2" names "q:OBJ04:<version>:2"; "statement" names "c:statement"."""
    kind, _, rest = block.partition(":")
    if not rest:
        return block == start
    parts, wanted = rest.split(":"), start.split(":")
    if kind == "q":
        parts = [parts[0], *parts[2:]]
    return parts == wanted


def _rows(conn: Any) -> list[Json]:
    columns = (outbox.c.key, outbox.c.op, outbox.c.ref, outbox.c.not_before, outbox.c.lane)
    found = conn.execute(select(*columns).where(outbox.c.workspace == WORKSPACE).order_by(outbox.c.id))
    return [dict(row._mapping) for row in found]
