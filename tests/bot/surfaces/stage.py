"""A company for stories about the surfaces: a real database, our own Slack, the bot's real routes.

Gestures are payloads as Slack sends them; what the bot queues is rendered by its real renderers.
Every view and every block is held to Slack's limits. Nothing here knows what a page should say.
"""

import asyncio
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.inbound.shape import request_of
from bot.outbound.decision import Done, Drop
from bot.outbound.marking import Mine, mark
from bot.outbound.outcome import DestinationGone, Outcome, Refused, Sent
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Reply
from bot.routes import RENDERERS, ROUTES, due
from bot.settings import Settings
from flows.playbook import Playbook
from sandbox import forms
from sandbox.limits import check_message_blocks, check_view
from storage import firing, outbox, schedule
from storage import project as projects
from storage.database import Database

WORKSPACE = "T1"
DEEP = 3  # modals on top of each other, at most
ELODIE, CLAIRE, MARC, INES, PAUL, SOFIA, HUGO, KIM, JEANNE = (
    "U0ELODIE", "U0CLAIRE", "U0MARC", "U0INES", "U0PAUL", "U0SOFIA", "U0HUGO", "U0KIM", "U0JEANNE",
)  # fmt: skip
BOREAL = "C0BOREAL"
START = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)  # a Monday, 10:00 in Paris
Json = dict[str, Any]
SILENT: Json = {"id": "Slack does not answer"}  # about this channel or person, until nobody waits any more


@dataclass(kw_only=True)
class Profile:
    """Somebody in the workspace, as Slack knows them."""

    name: str
    locale: str = "fr-FR"
    zone: str = "Europe/Paris"
    guest: bool = False
    team: str = WORKSPACE
    bot: bool = False
    gone: bool = False


COMPANY = {
    ELODIE: Profile(name="Élodie Martin"),
    CLAIRE: Profile(name="Claire Vasseur"),
    MARC: Profile(name="Marc Delorme"),
    INES: Profile(name="Inès Rahmani"),
    PAUL: Profile(name="Paul Kermorgan"),
    SOFIA: Profile(name="Sofia Lindqvist", locale="en-GB", zone="Europe/Stockholm"),
    HUGO: Profile(name="Hugo Teixeira", zone="Europe/Lisbon"),
    KIM: Profile(name="Kim Larsen", locale="en-US", guest=True, team="T0OTHER"),
    JEANNE: Profile(name="Jeanne Aubry"),
}


class Calendar:
    """A clock the story moves."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def passes(self, **by: float) -> None:
        self.at += timedelta(**by)


class OurSlack:
    """Answers what Slack answers, refuses what it refuses of a view, and remembers who saw what."""

    def __init__(self) -> None:
        self.people = dict(COMPANY)
        self.silent: set[str] = set()  # people Slack does not tell about in time
        self.channels: dict[str, Json] = {BOREAL: {"id": BOREAL, "is_member": True}}
        self.members: dict[str, list[str]] = {}  # of private channels
        self.views: dict[str, Json] = {}
        self.opened: list[str] = []  # ids of modals, in the order they were put up
        self.told: list[Json] = []  # through response_urls
        self.asked: list[tuple[str, Json]] = []
        self.files: dict[str, tuple[str, bytes]] = {}  # by id: whose, and what is in it

    async def call(self, workspace: str, method: str, **params: Any) -> Outcome:
        self.asked.append((method, params))
        if method == "users.info" and params["user"] in self.silent:
            await asyncio.sleep(60)
        if method == "users.info":
            return self._info(params["user"])
        if method == "conversations.info":
            found = self.channels.get(params["channel"])
            if found is SILENT:
                await asyncio.sleep(60)
            return Sent(data={"channel": found}) if found else DestinationGone(code="channel_not_found")
        if method == "conversations.members":
            return self._members(**params)
        if method == "files.info":
            return self._file(params["file"])
        return Sent()

    def _file(self, id: str) -> Outcome:
        if id not in self.files:
            return Refused(code="file_not_found")
        user, content = self.files[id]
        found = {
            "id": id,
            "user": user,
            "size": len(content),
            "url_private_download": f"https://slack.com/{id}",
        }
        return Sent(data={"file": found})

    async def download(self, workspace: str, url: str, *, most: int) -> bytes | None:
        return self.files[url.rpartition("/")[2]][1][:most]

    async def respond(self, response_url: str, message: Json) -> Outcome:
        check_message_blocks(message.get("blocks", []))
        self.told.append(message)
        return Sent()

    async def open_view(self, workspace: str, trigger_id: str, view: Json) -> Outcome:
        self.opened = []
        return self._up(view)

    async def push_view(self, workspace: str, trigger_id: str, view: Json) -> Outcome:
        return self._up(view) if len(self.opened) < DEEP else Refused(code="push_limit_reached")

    async def update_view(self, workspace: str, view_id: str, view: Json, hash: str | None = None) -> Outcome:
        self.put(view_id, view)
        return Sent(data={"view": {"id": view_id}})

    def put(self, id: str, view: Json) -> None:
        """A modal shows this from now on."""
        view = {key: value for key, value in view.items() if key != "id"}
        check_view(view, "modal")
        self.views[id] = {**view, "id": id, "blocks": forms.with_ids(view["blocks"])}

    def _up(self, view: Json) -> Outcome:
        id = f"V{len(self.views) + 1}"
        self.put(id, view)
        self.opened.append(id)
        return Sent(data={"view": {"id": id}})

    def _members(self, channel: str, limit: int, cursor: str) -> Outcome:
        """One name a page."""
        inside, at = self.members.get(channel, []), int(cursor or 0)
        more = {"next_cursor": str(at + 1) if at + 1 < len(inside) else ""}
        return Sent(data={"members": inside[at : at + 1], "response_metadata": more})

    def _info(self, user: str) -> Outcome:
        one = self.people.get(user)
        if one is None:
            return DestinationGone(code="user_not_found")
        found = {
            "id": user, "team_id": one.team, "tz": one.zone, "locale": one.locale, "is_bot": one.bot,
            "deleted": one.gone,
            "is_restricted": one.guest, "profile": {"display_name": one.name},
        }  # fmt: skip
        return Sent(data={"user": found})


@dataclass(kw_only=True)
class Posted:
    """One message as it stands in Slack."""

    key: str
    to: str  # a user id, or a channel id
    what: str
    message: Message
    at: datetime
    times: int = 1  # posted once, then updated

    @property
    def text(self) -> str:
        return said({"blocks": list(self.message.blocks), "text": self.message.text})


@dataclass
class Town:
    """The workspace with the bot in it."""

    parts: Parts
    slack: OurSlack
    clock: Calendar
    posts: dict[str, Posted] = field(default_factory=dict)  # by outbox key
    homes: dict[str, Json] = field(default_factory=dict)
    clicks: int = 0

    def person(self, user: str) -> "Someone":
        return Someone(self, user)

    def to(self, where: str, what: str = "") -> list[Posted]:
        """What somebody, or a channel, has received."""
        return [post for post in self.posts.values() if post.to == where and what in ("", post.what)]

    async def send(self, payload: Json) -> Reply:
        """One payload, through the bot's own routing."""
        request = request_of(payload)
        assert request is not None, payload
        handler = ROUTES.handler(request)
        assert handler is not None, f"nobody answers {request.kind} {request.name!r}"
        reply = await handler(request, self.parts)
        if request.kind == "view" and reply.ack.get("response_action") == "update":
            self.slack.put(payload["view"]["id"], reply.ack["view"])
        if reply.after:
            await reply.after()
        return reply

    def delivers(self) -> None:
        """Everything that may leave now is rendered and received."""
        while rows := self.parts.db.run_sync(outbox.claim, worker="w", now=self.clock.now(), limit=20):
            for row in rows:
                message = self.parts.db.read_sync(RENDERERS[row.ref["what"]], row, self.parts)
                if isinstance(message, Message) and message.finish is not None:
                    message = message.finish()
                if isinstance(message, Defer):
                    self.parts.db.run_sync(_waits, row, until=message.until, now=self.clock.now())
                    continue
                if message is not None:
                    self._received(row, message)
                self.parts.db.run_sync(_done, row, sent=message is not None, now=self.clock.now())
            self.clock.passes(seconds=2)

    def ticks(self) -> list[str]:
        """Whatever is due now. The kinds that were started."""
        fired = self.parts.db.run_sync(firing.fire_due, now=self.clock.now(), handlers=due(self.parts))
        assert not fired.failed, fired.failed
        return [due.kind for due in fired.fired]

    def until(self, moment: datetime, *, step: float = 1800) -> None:
        """Time passes with the bot awake: it looks every `step` seconds. The looks at which nothing can
        be due are left out; they would cost most of what a story of some weeks costs."""
        while self.clock.at < moment:
            due = self.parts.db.read_sync(_next_due) or moment
            looks = max(1, math.ceil((due - self.clock.at).total_seconds() / step))
            self.clock.at = min(self.clock.at + timedelta(seconds=step) * looks, moment)
            self.ticks()
            self.delivers()

    def _received(self, row: outbox.Row, message: Message) -> None:
        if row.op == "home":
            assert message.view is not None
            check_view(message.view, "home")
            blocks = forms.with_ids(message.view["blocks"])
            self.homes[row.ref["user"]] = {**message.view, "id": f"H{row.ref['user']}", "blocks": blocks}
            return
        assert message.text, row.ref
        check_message_blocks(list(message.blocks))
        before = self.posts.get(row.key)
        self.posts[row.key] = Posted(
            key=row.key, to=row.ref.get("channel") or row.ref["user"], what=row.ref["what"], message=message,
            at=before.at if before else self.clock.now(), times=before.times + 1 if before else 1,
        )  # fmt: skip


@dataclass
class Someone:
    """One person: types commands, presses buttons, fills forms, reads."""

    town: Town
    user: str
    typed: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    heard: Json = field(default_factory=dict)  # the latest ephemeral answer

    @property
    def modal(self) -> Json:
        """The modal on top."""
        assert self.town.slack.opened, "no modal is open"
        return self.town.slack.views[self.town.slack.opened[-1]]

    @property
    def home(self) -> Json:
        return self.town.homes[self.user]

    @property
    def reads(self) -> str:
        """Every word of the modal on top."""
        return said(self.modal)

    async def runs(self, text: str, *, channel: str = "C0OTHER") -> "Someone":
        """Types a command."""
        reply = await self.town.send({
            "command": "/cadrage", "text": text.removeprefix("/cadrage").strip(), "team_id": WORKSPACE,
            "user_id": self.user, "channel_id": channel, "trigger_id": self._trigger(),
            "response_url": "https://hooks.slack.com/commands/1",
        })  # fmt: skip
        self.heard = reply.ack
        check_message_blocks(self.heard.get("blocks", []))
        return self

    async def opens_home(self) -> "Someone":
        event = {"type": "app_home_opened", "user": self.user, "tab": "home", "channel": "D1"}
        await self._event(event)
        self.town.delivers()
        return self

    async def says(
        self, text: str, *, channel: str = "D1", kind: str = "message", ts: str = "1.1"
    ) -> "Someone":
        where = {"channel": channel, **({"channel_type": "im"} if channel.startswith("D") else {})}
        await self._event({"type": kind, "user": self.user, "text": text, "ts": ts, **where})
        self.town.delivers()
        return self

    async def presses(self, words: str, *, on: Json | Posted | None = None, raw: Any = None) -> "Someone":
        """Presses what bears these words: a button, or a choice of a menu or list. In the modal on
        top, in Home, or on a message."""
        surface = on.message.blocks if isinstance(on, Posted) else (on or self.modal)["blocks"]
        block, element, choice = _find(forms.with_ids(list(surface)), words)
        self.town.clicks += 1
        entry = forms.action(element, block["block_id"], raw or choice, f"{self.town.clicks}.0")
        payload: Json = {"type": "block_actions", "actions": [entry], **self._me()}
        if isinstance(on, Posted) or (on and "id" not in on):  # a message, or an ephemeral answer
            payload |= {"container": {"type": "message", "message_ts": "1.0"}}
            payload |= {"response_url": "https://hooks.slack.com/actions/1"}
        else:
            payload["view"] = self._view(on or self.modal)
        before = len(self.town.slack.told)
        await self.town.send(payload)
        self.heard = self.town.slack.told[-1] if len(self.town.slack.told) > before else {}
        return self

    def fills(self, values: dict[str, Any]) -> "Someone":
        """Fills fields by the beginning of their block id."""
        view = self.modal
        for start, raw in values.items():
            block = next((b for b in view["blocks"] if b["block_id"].startswith(start)), None)
            assert block, f"no field {start} among {[b['block_id'] for b in view['blocks']]}"
            element = forms.elements_of(block)[0]
            state = forms.to_state(element, raw)
            self.typed.setdefault(view["id"], {}).setdefault(block["block_id"], {})[element["action_id"]] = (
                state
            )
        return self

    async def sends(self) -> "Someone":
        """Presses the submit button of the modal on top."""
        view = self.modal
        assert "submit" in view, f"nothing to send in {self.reads}"
        reply = await self.town.send(self.submission())
        self.errors = reply.ack.get("errors", {})
        assert set(self.errors) <= {block["block_id"] for block in view["blocks"]}, self.errors
        return self

    def submission(self) -> Json:
        """What Slack sends when the modal on top is submitted."""
        return {"type": "view_submission", "view": self._view(self.modal), **self._me()}

    def sees(self, *words: str) -> bool:
        """Whether the modal on top says all of it."""
        return all(flat(each) in self.reads for each in words)

    @property
    def told(self) -> str:
        """The words of the latest ephemeral answer."""
        return said(self.heard)

    async def _event(self, event: Json) -> None:
        self.town.clicks += 1
        await self.town.send({
            "type": "event_callback", "event_id": f"Ev{self.town.clicks}", "team_id": WORKSPACE,
            "event": event,
        })  # fmt: skip

    def _view(self, view: Json) -> Json:
        values = forms.state_values(view["blocks"], self.typed.get(view["id"], {}))
        return {**view, "state": {"values": values}}

    def _me(self) -> Json:
        return {
            "user": {"id": self.user, "team_id": WORKSPACE}, "team": {"id": WORKSPACE},
            "trigger_id": self._trigger(),
        }  # fmt: skip

    def _trigger(self) -> str:
        self.town.clicks += 1
        return f"trigger-{self.town.clicks}"


def town(database: Database, playbook: Playbook) -> Town:
    """An empty workspace with the bot in it."""
    slack, clock = OurSlack(), Calendar()
    settings = Settings()
    parts = Parts(
        settings=settings,
        db=database,
        slack=slack,
        clock=clock,
        playbook=playbook,
        wake=lambda: None,  # type: ignore[arg-type]
    )
    return Town(parts=parts, slack=slack, clock=clock)


async def founded(place: Town, *, by: str = ELODIE, name: str = "Boréal") -> str:
    """A project whose set-up has the needed names, as the facilitator makes it. Returns its id."""
    elodie = place.person(by)
    await elodie.runs("/cadrage new", channel=BOREAL)
    elodie.fills({"q:SET01": name, "q:SET02": "relaunch", "channel": BOREAL})
    await elodie.sends()
    assert not elodie.errors, elodie.errors
    elodie.fills(
        {
            "q:SET03": ["tool"],
            "q:SET04": "50_249",
            "q:SET05": "directive",
            "q:SET06": "complex_b2b",
            "q:SET07": "mixed",
        }
    )
    await elodie.sends()
    elodie.fills(
        {
            "q:SET10": MARC,
            "q:SET11": CLAIRE,
            "q:SET12": CLAIRE,
            "q:SET13": [MARC, INES, PAUL, SOFIA, HUGO, CLAIRE],
        }
    )
    await elodie.sends()
    functions = {
        MARC: "sales",
        INES: "marketing",
        PAUL: "service",
        SOFIA: "it",
        HUGO: "sales",
        CLAIRE: "management",
    }
    for user, function in functions.items():
        block = next(b for b in elodie.modal["blocks"] if f":{user}:function" in b["block_id"])
        elodie.fills({block["block_id"]: function})
    elodie.fills({"q:SET08": "business"})
    await elodie.presses("Une direction métier ou fonctionnelle")
    elodie.fills({"q:SET09": ["none"]})
    await elodie.sends()
    assert not elodie.errors, elodie.errors
    found: str = place.parts.db.read_sync(projects.for_user, workspace=WORKSPACE, user=by)[0].id
    return found


def said(surface: Json) -> str:
    """Every text of a surface in reading order, on one line, with plain spaces and quotes."""
    return flat(" ".join(_texts(surface)))


def flat(text: str) -> str:
    """Without typography and markup."""
    text = re.sub("[\u00a0\u202f\\s]+", " ", text.replace("*", "").replace("_", ""))
    return text.replace("“", '"').replace("”", '"')


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            elif key not in ("private_metadata", "state"):
                yield from _texts(value)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _texts(each)


def _find(blocks: list[Json], *words: str) -> tuple[Json, Json, str]:
    """The block, element and option value that bear one of these words, or have this action id."""
    for block, element in forms.elements(blocks):
        label = element.get("text")
        if isinstance(label, dict) and flat(label["text"]) in [flat(each) for each in words]:
            return block, element, ""
        for option in forms.options_of(element):
            if flat(option["text"]["text"]) in [flat(each) for each in words]:
                return block, element, flat(option["text"]["text"])
    offered = [
        flat((e.get("text") or {}).get("text", e.get("action_id", ""))) for _, e in forms.elements(blocks)
    ]
    raise AssertionError(f"nothing says {words}; there is {offered}")


def _next_due(conn: Connection) -> datetime | None:
    """The first moment at which something is planned, or may leave."""
    planned = [one.next_due for one in schedule.coming(conn, limit=1)]
    queued = outbox.next_at(conn)
    return min([*planned, *([queued] if queued else [])], default=None)


def _waits(conn: Connection, row: outbox.Row, *, until: datetime, now: datetime) -> None:
    outbox.retry(conn, row_id=row.id, worker="w", now=now, after=until - now, counts=False)


def _done(conn: Connection, row: outbox.Row, *, sent: bool, now: datetime) -> None:
    """What the worker writes once Slack has taken it, or there was nothing to say."""
    where = str(row.ref.get("channel") or "D1")
    done = Done(channel=where, ts="1.0" if row.op == "card" else "", remote_id="1.0")
    mine = Mine(row_id=row.id, worker="w", now=now)
    mark(conn, row, done if sent else Drop(reason="nothing to say"), mine, timedelta(0))


def metadata(view: Json) -> Json:
    """What a form carries."""
    found: Json = json.loads(view["private_metadata"])
    return found
