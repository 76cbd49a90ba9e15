"""Only Slack's own, bounded, clean requests pass the gate; nothing raises (F2 to F4, rows 35 to 38)."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote_plus, unquote_to_bytes, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.inbound.gate import MAX_BYTES, Admitted, Rejected, _unquoted, admit, clean, clean_text, read
from tests.bot.plumbing.rig import NOW, click

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def signed(raw: bytes, *, kind: str = FORM, at: Any = None, secret: str = SECRET) -> dict[str, str]:
    moment = str(int(NOW.timestamp())) if at is None else str(at)
    digest = hmac.new(secret.encode(), b"v0:" + moment.encode() + b":" + raw, hashlib.sha256).hexdigest()
    return {
        "Content-Length": str(len(raw)),
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": f"v0={digest}",
    }


def passed(raw: bytes, headers: dict[str, str] | None = None, **more: Any) -> Admitted | Rejected:
    return admit(headers or signed(raw), raw, secret=SECRET, now=NOW, **more)


def payload(body: Any) -> bytes:
    return f"payload={quote_plus(json.dumps(body))}".encode()


def test_a_signed_click_passes_unchanged() -> None:
    assert passed(payload(click())) == Admitted(body=click())


def test_a_signed_event_passes_unchanged() -> None:
    body = {"type": "event_callback", "event": {"text": "é 😀"}}
    raw = json.dumps(body).encode()
    assert passed(raw, signed(raw, kind=f"{JSON}; charset=utf-8")) == Admitted(body=body)


def test_a_signed_command_passes_as_a_dict() -> None:
    raw = urlencode({"command": "/cadrage", "text": "état à faire", "trigger_id": ""}).encode()
    assert passed(raw) == Admitted(body={"command": "/cadrage", "text": "état à faire", "trigger_id": ""})


@given(st.binary(), st.text())
@settings(max_examples=500, deadline=None)
def test_a_form_s_value_is_decoded_as_urllib_does(odd: bytes, words: str) -> None:
    for value in (quote_plus(odd).encode(), quote_plus(words.encode("utf-8", "replace")).encode()):
        assert _unquoted(value) == unquote_to_bytes(value.replace(b"+", b" "))


@pytest.mark.parametrize(
    "change",
    [
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v1=é\ud800"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "abc"},
        {"X-Slack-Request-Timestamp": "9" * 5000},
        {"X-Slack-Request-Timestamp": "١٢٣"},
        {"X-Slack-Request-Timestamp": "-1"},
    ],
)
def test_an_unsigned_or_forged_request_is_refused(change: dict[str, str]) -> None:
    raw = payload(click())
    found = passed(raw, {**signed(raw), **change})
    assert isinstance(found, Rejected)
    assert found.status == 401


def test_an_empty_secret_accepts_nothing() -> None:
    raw = payload(click())
    found = admit(signed(raw, secret=""), raw, secret="", now=NOW)
    assert found == Rejected(status=401, reason="unsigned", length=len(raw))


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_request_of_another_time_is_refused(minutes: int) -> None:
    raw = payload(click())
    at = int((NOW + timedelta(minutes=minutes)).timestamp())
    assert passed(raw, signed(raw, at=at)) == Rejected(status=401, reason="stale", length=len(raw))


def test_one_changed_byte_is_refused() -> None:
    raw = payload(click())
    assert isinstance(passed(raw.replace(b"button", b"buttom"), signed(raw)), Rejected)


@pytest.mark.parametrize(
    ("length", "status"),
    [(None, 411), ("", 411), ("x", 411), ("-5", 411), (str(MAX_BYTES + 1), 413), ("9" * 11, 413)],
)
def test_the_announced_length_is_bounded(length: str | None, status: int) -> None:
    raw = payload(click())
    headers = signed(raw)
    del headers["Content-Length"]
    found = passed(raw, headers | ({} if length is None else {"Content-Length": length}))
    assert isinstance(found, Rejected)
    assert found.status == status


def test_a_body_longer_than_announced_is_refused() -> None:
    raw = b"x" * (MAX_BYTES + 1)
    found = passed(raw, signed(raw) | {"Content-Length": "10"})
    assert isinstance(found, Rejected)
    assert found.status == 413


@pytest.mark.parametrize(
    "raw",
    [
        b"[1]", b"null", b'"x"', b"", b"{", b"{}{}", b"\xff\xfe", b'{"a": NaN}', b'{"a": Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 5000 + b"}", b'{"a": 9223372036854775808}', b"[" * 100_000, b'{"a":' * 100_000,
        b'{"a":' * 200 + b"1" + b"}" * 200,
    ],
)  # fmt: skip
def test_signed_nonsense_gets_an_empty_200_and_no_traceback(raw: bytes) -> None:
    found = passed(raw, signed(raw, kind=JSON))
    assert found == Rejected(status=200, reason="malformed", length=len(raw))


@pytest.mark.parametrize(
    "raw", [b"payload=", b"payload=%5B1%5D", b"payload=%ff", b"a=%ff", b"&".join([b"a=1"] * 200)]
)
def test_signed_nonsense_in_a_form_gets_an_empty_200(raw: bytes) -> None:
    found = passed(raw)
    assert isinstance(found, Rejected)
    assert (found.status, found.reason) == (200, "malformed")


def test_a_request_for_another_app_is_refused() -> None:
    raw = payload({**click(), "api_app_id": "A2"})
    assert isinstance(passed(raw, app_id="A1"), Rejected)
    assert isinstance(passed(raw, app_id="A2"), Admitted)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "a\N{REPLACEMENT CHARACTER}b"),
        ("\\ud800\udc00", "\\ud800\N{REPLACEMENT CHARACTER}"),  # the words \ud800, then half a character
        ("line\r\nline\tand\nline", "line\nline\tand\nline"),
        ("\x07bell\x1b[31m", "bell[31m"),
        ("right\u202eleft\u2066x\u2069", "rightleftx"),
        ("שלום é 😀 👨‍👩‍👧", "שלום é 😀 👨‍👩‍👧"),
        ("<!channel> & <@U1>", "<!channel> & <@U1>"),
    ],
)
def test_strings_are_cleaned_and_people_s_words_kept(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept
    escaped = json.dumps({"typed": [typed]}).encode()
    assert read(escaped) == {"typed": [kept]}
    assert read(json.dumps({typed: 1}).encode()) == {kept: 1}


def test_forty_thousand_characters_pass() -> None:
    words = "é😀" * 20_000
    raw = payload({"type": "block_actions", "value": words})
    assert passed(raw) == Admitted(body={"type": "block_actions", "value": words})


def test_cleaning_refuses_what_no_database_takes() -> None:
    for value in (2**63, -(10**18), float("nan"), float("inf")):
        with pytest.raises(ValueError, match="number"):
            clean({"a": [value]})


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(anything)
@settings(max_examples=300, deadline=None)
def test_whatever_is_signed_the_gate_answers(body: Any) -> None:
    raw = json.dumps(body).encode()
    found = passed(raw, signed(raw, kind=JSON))
    assert isinstance(found, Admitted) or found.status == 200


@given(st.binary(max_size=200), st.text(max_size=50), st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_whatever_is_unsigned_is_refused(raw: bytes, moment: str, signature: str) -> None:
    headers = {
        "Content-Length": str(len(raw)),
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": signature,
    }
    found = passed(raw, headers)
    assert isinstance(found, Rejected)
    assert found.status == 401
