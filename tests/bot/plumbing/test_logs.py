"""Logs hold no secret and nothing people wrote, on any path (L1)."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.operations import logs

SECRETS = [
    "xoxb-1234-canary",
    "xoxe.xoxp-1-canary",
    "xapp-1-A1-canary",
    "xwfp-canary",
    "Bearer canary.canary",
    "https://hooks.slack.com/actions/T1/2/canary",
    "wss://wss-primary.slack.com/link/?ticket=canary",
    "postgresql://user:canary@host/db",
    "v0=" + "c" * 64,
]


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    written = io.StringIO()
    handlers = logging.getLogger().handlers[:]
    logs.set_up(level="debug", form="json", stream=written)
    yield written
    logging.getLogger().handlers[:] = handlers
    structlog.reset_defaults()


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_never_written(stream: io.StringIO, secret: str) -> None:
    log = structlog.get_logger()
    log.info("said", value=f"before {secret} after", inside={"deep": [secret]})
    logging.getLogger("library").warning("warned %s", secret)
    assert "canary" not in stream.getvalue()
    assert "c" * 64 not in stream.getvalue()
    assert "before *** after" in stream.getvalue()


@pytest.mark.parametrize("name", ["payload", "body", "text", "blocks", "view", "values", "answer"])
def test_what_people_wrote_is_never_written(stream: io.StringIO, name: str) -> None:
    structlog.get_logger().error("said", **{name: "canary"})
    assert "canary" not in stream.getvalue()


def test_an_error_is_written_without_its_message_and_without_variables(stream: io.StringIO) -> None:
    answer = "canary"
    try:
        raise ValueError(f"cannot store {answer}")
    except ValueError as error:
        structlog.get_logger().error("failed", exc_info=error)
        logging.getLogger("library").exception("failed too")
    written = stream.getvalue()
    assert "canary" not in written
    line = json.loads(written.splitlines()[0])
    assert line["error"] == "ValueError"
    assert "test_logs.py" in line["at"][-1]


def test_levels_are_kept(stream: io.StringIO) -> None:
    logs.set_up(level="error", form="json", stream=stream)
    structlog.get_logger().warning("quiet")
    assert stream.getvalue() == ""


def test_lines_for_people_are_not_json() -> None:
    written = io.StringIO()
    logs.set_up(level="info", form="console", stream=written)
    structlog.get_logger().info("hello", port=1)
    assert "hello" in written.getvalue()
    assert not written.getvalue().startswith("{")
    structlog.reset_defaults()
