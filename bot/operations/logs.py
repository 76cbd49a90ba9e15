"""Log lines: one event each, with no token, no address of a database and nothing people wrote."""

import logging
import re
import sys
import traceback
from types import TracebackType
from typing import Any, Literal, TextIO

import structlog

#: Tokens and addresses that carry a secret, wherever they turn up.
_SECRETS = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+|xwfp-[\w-]+|xoxe-[\w-]+"
    r"|(?i:bearer)\s+[\w.~+/=-]+|v0=[0-9a-f]{64}"
    r"|https?://hooks\.slack\.com/\S+|wss?://\S+|(?:postgresql|postgres)(?:\+\w+)?://\S+"
)
_FRAMES = 12  # innermost frames kept of a traceback
#: Fields that hold what people or Slack sent. Never logged, whoever passes them.
_PAYLOADS = frozenset({"payload", "body", "text", "blocks", "view", "state", "values", "answer", "headers"})


def redact(text: str) -> str:
    """`text` without anything that looks like a secret."""
    return _SECRETS.sub("***", text)


def first_line(error: Exception) -> str:
    """What an error says, on one line and without secrets; of a database's, what its driver says."""
    said = str(getattr(error, "orig", None) or error) or type(error).__name__
    return redact(said.splitlines()[0])[:160]


def set_up(*, level: str, form: Literal["auto", "json", "console"], stream: TextIO = sys.stderr) -> None:
    """Start logging to `stream`: lines for people on a terminal, JSON elsewhere."""
    as_json = form == "json" or (form == "auto" and not stream.isatty())
    shown: Any = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=stream.isatty())
    )
    chain: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        where,
        without_secrets,
    ]
    structlog.configure(
        processors=[*chain, shown],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    _libraries(stream, chain, shown)


def where(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Replace an exception by its type and where it came from. Its message is left out, and so
    are local variables: both may hold what somebody wrote."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event.setdefault("error", type(error).__name__)
        event["at"] = frames(error.__traceback__)
    return event


def frames(trace: TracebackType | None) -> list[str]:
    """A traceback as short lines, the innermost last."""
    found = traceback.extract_tb(trace)[-_FRAMES:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in found]


def without_secrets(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Redact every value, and drop the fields that hold what was sent to us."""
    return {name: _clean(value) for name, value in event.items() if name not in _PAYLOADS}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {name: _clean(inner) for name, inner in value.items() if name not in _PAYLOADS}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value if isinstance(value, int | float | None) else redact(str(value))


def _libraries(stream: TextIO, chain: list[Any], shown: Any) -> None:
    """Send the warnings of the libraries the same way. Never their debug lines: they print payloads."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shown],
            foreign_pre_chain=chain,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
