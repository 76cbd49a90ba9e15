"""Every answer of Slack falls into one of eight classes (slack.md B.3)."""

import math

import pytest

from bot.outbound.outcome import (
    Ambiguous,
    Conflict,
    DestinationGone,
    NotSent,
    Outcome,
    Refused,
    Sent,
    Throttled,
    WorkspaceGone,
    classify,
)

CODES: dict[type[Outcome], str] = {
    Throttled: "ratelimited rate_limited message_limit_exceeded",
    NotSent: (
        "service_unavailable team_added_to_org org_login_required external_channel_migrating accesslimited"
    ),
    Ambiguous: "internal_error fatal_error request_timeout",
    Refused: (
        "invalid_blocks invalid_blocks_format msg_too_long msg_blocks_too_long no_text metadata_too_large "
        "too_many_attachments view_too_large invalid_arguments invalid_arg_name invalid_array_arg "
        "invalid_charset invalid_form_data invalid_post_type block_mismatch as_user_not_supported "
        "duplicate_message_not_found a_code_nobody_has_heard_of"
    ),
    DestinationGone: (
        "channel_not_found is_archived is_inactive not_in_channel no_permission restricted_action "
        "restricted_action_read_only_channel restricted_action_thread_only_channel ekm_access_denied "
        "messages_tab_disabled user_disabled user_not_found user_not_visible cannot_dm_bot "
        "message_not_found cant_update_message edit_window_closed thread_locked"
    ),
    WorkspaceGone: (
        "token_revoked account_inactive invalid_auth not_authed missing_scope team_access_not_granted "
        "token_expired"
    ),
    Conflict: "hash_conflict not_found duplicate_external_id expired_trigger_id exchanged_trigger_id",
}


@pytest.mark.parametrize(
    ("kind", "code"), [(kind, code) for kind, codes in CODES.items() for code in codes.split()]
)
def test_a_code_of_slack_falls_into_its_class(kind: type[Outcome], code: str) -> None:
    found = classify(200, {"ok": False, "error": code})
    assert type(found) is kind
    assert getattr(found, "code", code) == code


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, {"ok": True, "ts": "1.2"}, Sent(data={"ok": True, "ts": "1.2"})),
        (200, None, Ambiguous(code="http_200")),
        (200, "<html>", Ambiguous(code="http_200")),
        (200, {"okay": True}, Ambiguous(code="http_200")),
        (200, [1], Ambiguous(code="http_200")),
        (500, None, Ambiguous(code="http_500")),
        (502, None, Ambiguous(code="http_502")),
        (504, "x", Ambiguous(code="http_504")),
        (503, None, NotSent(code="http_503")),
        (404, None, Refused(code="http_404")),
        (302, None, Refused(code="http_302")),
        (429, None, Throttled(after=30.0)),
        (429, {"ok": False, "error": "anything"}, Throttled(after=30.0)),
        (400, {"ok": False, "error": "invalid_auth"}, WorkspaceGone(code="invalid_auth")),
        (500, {"ok": True}, Ambiguous(code="http_500")),
    ],
)
def test_an_answer_falls_into_its_class(status: int, body: object, expected: Outcome) -> None:
    assert classify(status, body) == expected


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(7.0, 7.0), (None, 30.0), (0.0, 30.0), (-3.0, 30.0), (math.nan, 30.0), (86400.0, 900.0)],
)
def test_how_long_a_gate_stays_closed_is_bounded(header: float | None, seconds: float) -> None:
    assert classify(429, None, after=header) == Throttled(after=seconds)
