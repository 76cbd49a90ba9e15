"""Whether a request is Slack's, and what it says: signature, size, shape of the JSON, clean strings.

Pure: headers, bytes, secret and time go in, the body or a refusal comes out. Nothing is parsed
before the signature is right, and nothing of a refused request is kept but a reason and a length.
Socket Mode uses `admit_payload`, the same without a signature (reliability 6.1, T1, T2).
"""

import hashlib
import hmac
import json
import math
import re
from binascii import a2b_qp
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

Json = dict[str, Any]

MAX_BYTES = 1024 * 1024
WINDOW = 300  # seconds a signature stays good, both ways
MAX_DEPTH = 64  # Slack's deepest payloads are below 20
MAX_DIGITS = 18  # a 64-bit database integer always holds this many
MAX_FIELDS = 100  # of a form; a slash command has about 15

_NESTED = (dict, list)
_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
#: Escapes and bytes of JSON text that may stand for a character `clean` would change. Each begins
#: with a fixed byte, which makes the search many times faster than one pattern for all.
_SUSPECT = (
    re.compile(rb"\\(?:[bfr]|u(?:00[01]|007[fF]|202[a-eA-E]|206[6-9]))"),
    re.compile(rb"\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])"),
    re.compile(rb"\\u[dD][c-fC-F](?<!\\u[dD][89abAB]..\\u[dD].)"),
    re.compile(rb"\\\\u[dD][89abAB]"),  # a backslash and "ud8…": pairs with nothing, though it looks so
    re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])"),
    re.compile(rb"\x7f"),
)
#: NUL and the other control characters except tab and line feed, and the bidirectional overrides.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A body that is Slack's, bounded and clean. Still written by a person: check what it asks for."""

    body: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """What to answer instead, and the only two facts that may be logged."""

    status: int
    reason: str
    length: int


def admit(
    headers: Mapping[str, str], raw: bytes, *, secret: str, now: datetime, app_id: str = ""
) -> Admitted | Rejected:
    """Check and read one HTTP request. `headers` finds names whatever their case (aiohttp's do)."""
    length = len(raw)
    if (refused := refuse_length(headers.get("Content-Length"))) is not None:
        return refused
    if length > MAX_BYTES:
        return Rejected(status=413, reason="too_long", length=length)
    if (reason := _forged(headers, raw, secret, now)) is not None:
        return Rejected(status=401, reason=reason, length=length)
    try:
        body = _parse(raw, headers.get("Content-Type", ""))
    except (ValueError, RecursionError):
        return Rejected(status=200, reason="malformed", length=length)
    return _ours(body, length, app_id)


def admit_payload(payload: object, *, app_id: str = "") -> Admitted | Rejected:
    """Check a payload that came over an authenticated socket and was read by `read`."""
    return _ours(payload, 0, app_id)


def read(raw: bytes) -> Any:
    """Bounded and clean JSON: of a request, or of one frame of a socket. Raises `ValueError`
    or `RecursionError`."""
    body = parse_json(raw.decode("utf-8"))
    suspect = any(pattern.search(raw) for pattern in _SUSPECT)
    return clean(body) if suspect else _shallow(body)


def parse_json(text: str) -> Any:
    """JSON with bounded numbers and no NaN. Raises `ValueError` or `RecursionError`."""
    return json.loads(text, parse_int=_whole, parse_float=_finite, parse_constant=_no_constant)


def refuse_length(header: str | None) -> Rejected | None:
    """Refuse by the announced length alone, before a byte of the body is read."""
    if header is None or not _TIMESTAMP.fullmatch(header):
        return Rejected(status=411, reason="no_length", length=0)
    if int(header) > MAX_BYTES:
        return Rejected(status=413, reason="too_long", length=int(header))
    return None


def clean(value: Any, depth: int = 0) -> Any:
    """The same structure with every string safe to store and to show. Raises `ValueError` when it
    is nested too deeply or holds a number no database takes."""
    if isinstance(value, str):
        return clean_text(value)
    if depth > MAX_DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(value, dict):
        return {clean_text(str(name)): clean(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [clean(inner, depth + 1) for inner in value]
    if isinstance(value, int) and abs(value) >= 10**MAX_DIGITS:
        raise ValueError("number too large")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("not a number")
    return value


def clean_text(text: str) -> str:
    """Without control characters and direction overrides; halves of a character become U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    joined = text.replace("\r\n", "\n")
    return _LONE_SURROGATE.sub("�", _HARMFUL.sub("", joined))


def _forged(headers: Mapping[str, str], raw: bytes, secret: str, now: datetime) -> str | None:
    """Why this is not Slack's request, or `None`. An empty secret accepts nothing."""
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    if not secret or not _TIMESTAMP.fullmatch(timestamp):
        return "unsigned"
    if abs(now.timestamp() - int(timestamp)) > WINDOW:
        return "stale"
    signed = b"v0:" + timestamp.encode() + b":" + raw
    expected = "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    given = headers.get("X-Slack-Signature", "").encode("utf-8", "replace")
    return None if hmac.compare_digest(expected.encode(), given) else "forged"


def _parse(raw: bytes, content_type: str) -> Any:
    if content_type.partition(";")[0].strip().lower() == "application/json":
        return read(raw)
    if raw.startswith(b"payload=") and b"&" not in raw:
        return read(_unquoted(raw[8:]))
    fields = dict(
        parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    )
    return read(fields["payload"].encode()) if "payload" in fields else clean(fields)


def _unquoted(value: bytes) -> bytes:
    """A form's value without its percent signs. Quoted-printable differs only in writing "=", and its
    decoder is in C: on Slack's payloads it takes a twentieth of the time of urllib's, which is the
    larger part of an acknowledgement. It breaks lines at "=", so a value that holds one goes the long way.
    """
    if b"=" in value or b"\n" in value or b"\r" in value:
        return unquote_to_bytes(value.replace(b"+", b" "))
    return a2b_qp(value.replace(b"+", b" ").replace(b"%", b"="))


def _shallow(value: Any) -> Any:
    """`value` itself, once it is known not to be nested too deeply. Level by level: payloads are
    wide, and this is done for each of them."""
    level = [value] if isinstance(value, _NESTED) else []
    for _ in range(MAX_DEPTH + 1):
        inside = (outer.values() if isinstance(outer, dict) else outer for outer in level)
        level = [inner for inners in inside for inner in inners if isinstance(inner, _NESTED)]
        if not level:
            return value
    raise ValueError("nested too deeply")


def _ours(body: Any, length: int, app_id: str) -> Admitted | Rejected:
    if not isinstance(body, dict):
        return Rejected(status=200, reason="malformed", length=length)
    if app_id and body.get("api_app_id", app_id) != app_id:
        return Rejected(status=401, reason="another_app", length=length)
    return Admitted(body=body)


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError("number too large")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("number too large")
    return number


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")
