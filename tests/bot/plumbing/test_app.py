"""What becomes of a payload: acknowledged only after its handler, never lost, never a 404 or 500."""

import asyncio
from typing import Any

import pytest

from bot.inbound import app
from bot.inbound.refusal import NOT_DONE, NOT_RUN, NOT_SAVED, OLD_CARD, OLD_FORM
from bot.inbound.shape import request_of
from bot.once import keys
from bot.parts import Parts
from bot.request import Handler, Json, Reply, Request
from bot.words.typography import typographic
from storage.database import Busy, Database, Unavailable
from tests.bot.plumbing.rig import (
    click,
    command,
    event,
    finished,
    parts_for,
    receiver_for,
    routes,
    settings_for,
    submission,
)


class Heard:
    """A handler that notes what it was asked and answers, fails or dawdles as told."""

    def __init__(
        self, *, ack: Json | None = None, fails: Exception | None = None, seconds: float = 0
    ) -> None:
        self.requests: list[Request] = []
        self.after = 0
        self._ack, self._fails, self._seconds = ack or {}, fails, seconds

    async def __call__(self, request: Request, parts: Parts) -> Reply:
        self.requests.append(request)
        await asyncio.sleep(self._seconds)
        if self._fails is not None:
            raise self._fails
        return Reply(ack=self._ack, after=self._afterwards)

    async def _afterwards(self) -> None:
        self.after += 1


class Told:
    """A Slack that notes what it is asked. Ours, with the real interface where the receiver uses it."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Any]] = []

    async def respond(self, response_url: str, message: Json) -> None:
        self.said.append(("respond", message["text"]))

    async def push_view(self, workspace: str, trigger_id: str, view: Json) -> None:
        self.said.append(("push", view["blocks"][0]["text"]["text"]))

    async def open_view(self, workspace: str, trigger_id: str, view: Json) -> None:
        self.said.append(("open", view["blocks"][0]["text"]["text"]))


@pytest.fixture
def parts(sqlite_database: Database) -> Parts:
    return parts_for(settings_for(), sqlite_database)


@pytest.fixture
def told(parts: Parts) -> Told:
    slack: Any = Told()
    object.__setattr__(parts, "slack", slack)
    told: Told = slack
    return told


MODAL = {
    "view": {"type": "modal", "id": "V1"},
    "response_url": "",
    "container": {"type": "view", "view_id": "V1"},
}
HOME = {
    "view": {"type": "home", "id": "V2"},
    "response_url": "",
    "container": {"type": "view", "view_id": "V2"},
}
KINDS: list[tuple[str, str, Json]] = [
    ("commands", "todo", command("todo")),
    ("commands", "todo", command("AFAIRE")),
    ("commands", "", command("")),
    ("commands", "?", command("workshp please now thanks")),
    ("actions", "go", click("go:42")),
    ("views", "form", submission()),
    ("closed", "form", {**submission(), "type": "view_closed", "is_cleared": False}),
    ("shortcuts", "open", {**click(), "type": "shortcut", "callback_id": "open"}),
    ("shortcuts", "open", {**click(), "type": "message_action", "callback_id": "open", "message": {}}),
    (
        "options",
        "who",
        {**click(), "type": "block_suggestion", "action_id": "who:1", "block_id": "b", "value": "a"},
    ),
    ("events", "app_home_opened", event()),
    ("events", "message", event("message", channel="D1", ts="1.0", text="hi")),
    ("events", "message", event("message", subtype="message_changed", channel="D1", ts="1.0")),
    ("events", "app_mention", event("app_mention", channel="C1", ts="1.0")),
    (
        "events",
        "tokens_revoked",
        {**event("tokens_revoked"), "event": {"type": "tokens_revoked", "tokens": {}}},
    ),
]


@pytest.mark.parametrize(("kind", "name", "body"), KINDS)
async def test_a_payload_reaches_its_handler_and_its_answer_goes_back(
    parts: Parts, kind: str, name: str, body: Json
) -> None:
    heard = Heard(ack={"text": "ok"})
    receiver = receiver_for(routes(**{kind: {name: heard}}), parts)
    answer = await receiver.receive(body)
    assert (answer.status, answer.body) == (200, {"text": "ok"})
    assert [request.payload for request in heard.requests] == [body]
    assert heard.after == 0
    await finished(receiver, answer)
    assert heard.after == 1


async def test_nothing_is_acknowledged_before_the_handler_is_done(parts: Parts) -> None:
    receiver = receiver_for(routes(actions={"go": Heard(seconds=0.2)}), parts)
    answering = asyncio.create_task(receiver.receive(click()))
    await asyncio.sleep(0.1)
    assert not answering.done()
    await answering


FAILURES: list[Exception] = [
    Busy("locked"),
    Unavailable("down"),
    TimeoutError(),
    RuntimeError("a mistake of ours"),
]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
async def test_a_form_that_was_not_saved_keeps_its_text(parts: Parts, failure: Exception) -> None:
    receiver = receiver_for(routes(views={"form": Heard(fails=failure)}), parts)
    answer = await receiver.receive(submission())
    assert answer.status == 200
    assert answer.body == {"response_action": "errors", "errors": {"q1": NOT_SAVED.en}}


async def test_a_form_without_fields_says_it_on_top(parts: Parts) -> None:
    receiver = receiver_for(routes(views={"form": Heard(fails=Busy("x"))}), parts)
    answer = await receiver.receive(submission(blocks=[{"type": "section"}]))
    assert answer.body["response_action"] == "push"
    assert NOT_SAVED.en in str(answer.body)


async def test_a_command_that_was_not_saved_says_so(parts: Parts) -> None:
    receiver = receiver_for(routes(commands={"todo": Heard(fails=Busy("x"))}), parts)
    answer = await receiver.receive(command())
    assert answer.body["text"] == NOT_RUN.en
    assert answer.body["response_type"] == "ephemeral"


@pytest.mark.parametrize(
    ("where", "how"), [({}, "respond"), (MODAL, "push"), (HOME, "open")], ids=["message", "modal", "home"]
)
async def test_a_button_that_was_not_saved_says_so_where_it_was_pressed(
    parts: Parts, told: Told, where: Json, how: str
) -> None:
    receiver = receiver_for(routes(actions={"go": Heard(fails=Busy("x"))}), parts)
    answer = await receiver.receive(click(**where))
    assert (answer.status, answer.body) == (200, {})
    await finished(receiver, answer)
    assert told.said == [(how, NOT_DONE.en)]


async def test_an_event_that_was_not_saved_is_asked_for_again(parts: Parts) -> None:
    receiver = receiver_for(routes(events={"app_home_opened": Heard(fails=Busy("x"))}), parts)
    assert (await receiver.receive(event())).status == 503


async def test_a_slow_handler_is_answered_for_before_slack_gives_up(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "DEADLINE", 0.1)
    receiver = receiver_for(routes(views={"form": Heard(seconds=5)}), parts)
    answer = await asyncio.wait_for(receiver.receive(submission()), 1)
    assert answer.body["errors"] == {"q1": NOT_SAVED.en}


def test_the_deadline_is_below_slacks_three_seconds() -> None:
    assert app.DEADLINE == 2.3


async def test_a_refusal_speaks_the_language_last_known(parts: Parts) -> None:
    heard, failing = Heard(), Heard(fails=Busy("x"))
    receiver = receiver_for(routes(actions={"go": heard}, views={"form": failing}), parts, language="fr")
    await finished(receiver, await receiver.receive(click()))
    assert (await receiver.receive(submission())).body["errors"] == {"q1": typographic(NOT_SAVED.fr, "fr")}


async def test_a_card_of_another_version_gets_a_hint(parts: Parts, told: Told) -> None:
    receiver = receiver_for(routes(), parts)
    answer = await receiver.receive(click("of_another_version:1"))
    assert (answer.status, answer.body) == (200, {})
    await finished(receiver, answer)
    assert told.said == [("respond", OLD_CARD.en)]


async def test_a_form_of_another_version_keeps_its_text(parts: Parts) -> None:
    answer = await receiver_for(routes(), parts).receive(submission("unknown"))
    assert answer.body["errors"] == {"q1": OLD_FORM.en}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": None},
        {"type": []},
        {"command": 5},
        {"type": "block_actions"},
        {**click(), "actions": []},
        {**click(), "actions": "x"},
        {**click(), "actions": [3]},
        {**click(), "team": None, "user": 7},
        {**click(), "user": {"id": 9}},
        {**submission(), "view": []},
        {**submission(), "view": {"callback_id": {}}},
        {"type": "event_callback"},
        {"type": "event_callback", "event": []},
        {**event(), "event": {"type": 1}},
        {**event(), "team_id": None},
        {**click(), "type": "block_suggestion"},
        {**click(), "type": "shortcut"},
        {
            **click(),
            "actions": [{"action_id": "go"}],
            "channel": 3,
            "enterprise": "x",
            "view": "y",
            "message": 4,
        },
        {**submission(), "enterprise": [], "view": {"callback_id": "form", "state": 5, "blocks": 3}},
        {"type": "interactive_message", "callback_id": "x", "actions": [{}]},
    ],
)
async def test_signed_nonsense_is_answered_200_and_reaches_nobody(parts: Parts, body: Json) -> None:
    heard = Heard()
    everything: dict[str, Handler] = {"go": heard, "form": heard, "app_home_opened": heard}
    receiver = receiver_for(routes(actions=everything, views=everything, events=everything), parts)
    answer = await receiver.receive(body)
    assert answer.status == 200
    assert "form" not in [request.name for request in heard.requests]


async def test_another_workspace_is_not_ours(parts: Parts) -> None:
    heard = Heard()
    receiver = receiver_for(routes(actions={"go": heard}), parts)
    receiver._identity.learn({"team_id": "T0OTHER", "user_id": "U0", "bot_id": "B0"})
    assert (await receiver.receive(click())).status == 200
    assert heard.requests == []


async def test_bots_are_not_answered(parts: Parts) -> None:
    heard = Heard()
    receiver = receiver_for(routes(events={"message": heard}), parts)
    await receiver.receive(event("message", bot_id="B1", channel="D1", ts="1.0"))
    assert heard.requests == []


async def test_work_in_flight_is_bounded(sqlite_database: Database) -> None:
    parts = parts_for(settings_for(CADRAGE_IN_FLIGHT="2"), sqlite_database)
    at_once: list[int] = []
    working = 0

    async def handler(request: Request, parts: Parts) -> Reply:
        nonlocal working
        working += 1
        at_once.append(working)
        await asyncio.sleep(0.02)
        working -= 1
        return Reply()

    receiver = receiver_for(routes(actions={"go": handler}), parts)
    await asyncio.gather(*(receiver.receive(click()) for _ in range(10)))
    assert max(at_once) == 2


async def test_stopping_waits_for_what_is_being_answered(parts: Parts) -> None:
    heard = Heard(seconds=0.2)
    receiver = receiver_for(routes(actions={"go": heard}), parts)
    answering = asyncio.create_task(receiver.receive(click()))
    await asyncio.sleep(0.05)
    await receiver.drain(2)
    assert answering.done()


async def test_the_address_check_of_http_mode_is_answered(parts: Parts) -> None:
    answer = await receiver_for(routes(), parts).receive({"type": "url_verification", "challenge": "abc"})
    assert answer.body == {"challenge": "abc"}


def known_by(body: Json) -> set[str]:
    request = request_of(body)
    assert request is not None
    return set(keys(request))


def test_a_redelivered_event_is_known_by_its_id() -> None:
    assert known_by(event()) == known_by({**event(), "retry": 1})


def test_one_post_is_one_gesture_whatever_events_it_comes_as() -> None:
    posted = {"channel": "C1", "ts": "1.0", "client_msg_id": "m1"}
    as_message = {**event("message", **posted), "event_id": "Ev1"}
    as_mention = {**event("app_mention", **posted), "event_id": "Ev2"}
    again = {**event("message", **{**posted, "ts": "2.0"}), "event_id": "Ev3"}
    assert known_by(as_message) & known_by(as_mention)
    assert known_by(as_message) & known_by(again)


def test_two_presses_are_two_gestures_and_one_press_is_one() -> None:
    assert known_by(click()) == known_by(click())
    other = click()
    other["actions"][0]["action_ts"] = "1.2"
    assert not known_by(click()) & known_by(other)
