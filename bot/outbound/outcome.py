"""What one call to Slack led to, as one of eight classes (slack.md B.3). Pure."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

RETRY_AFTER_DEFAULT = 30.0  # seconds, when Slack throttles without saying for how long
RETRY_AFTER_CAP = 900.0  # seconds; a longer wait is asked for again


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Slack did it, and answered `data`."""

    data: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttled:
    """Not done: this method in this workspace is closed for `after` seconds."""

    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSent:
    """Certainly not done; worth another try later."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """Nobody knows whether it was done. Look before repeating."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Slack does not accept what we sent; a mistake of ours. `detail` is Slack's own explanation."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationGone:
    """The channel, person or message cannot be reached any more."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceGone:
    """Our token does not work in this workspace any more."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """The view changed or is gone, or the handle expired. Rebuild from the database or drop."""

    code: str


Outcome = Sent | Throttled | NotSent | Ambiguous | Refused | DestinationGone | WorkspaceGone | Conflict

THROTTLED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
NOT_SENT = frozenset({
    "service_unavailable", "team_added_to_org", "org_login_required",
    "external_channel_migrating", "accesslimited",
})  # fmt: skip
AMBIGUOUS = frozenset({"internal_error", "fatal_error", "request_timeout"})
DESTINATION_GONE = frozenset({
    "channel_not_found", "is_archived", "is_inactive", "not_in_channel", "no_permission",
    "restricted_action", "ekm_access_denied", "messages_tab_disabled", "user_disabled",
    "user_not_found", "user_not_visible", "cannot_dm_bot", "message_not_found",
    "cant_update_message", "edit_window_closed", "thread_locked", "thread_not_found",
    "user_is_bot", "users_not_found", "user_not_in_channel", "not_allowed_for_channel_type",
})  # fmt: skip
WORKSPACE_GONE = frozenset({
    "token_revoked", "account_inactive", "invalid_auth", "not_authed", "missing_scope",
    "team_access_not_granted", "token_expired", "app_uninstalled", "team_not_found",
})  # fmt: skip
CONFLICT = frozenset({
    "hash_conflict", "not_found", "duplicate_external_id", "expired_trigger_id",
    "exchanged_trigger_id", "trigger_expired", "trigger_exchanged",
})  # fmt: skip


CLASSES = (
    (NOT_SENT, NotSent),
    (AMBIGUOUS, Ambiguous),
    (DESTINATION_GONE, DestinationGone),
    (WORKSPACE_GONE, WorkspaceGone),
    (CONFLICT, Conflict),
)


def of_code(code: str, *, detail: str = "", after: float | None = None) -> Outcome:
    """The class of an `ok: false` answer. A code nobody listed counts as refused: tried once
    more in plain words and then parked with an alarm, which is never silent."""
    if code in THROTTLED:
        return Throttled(after=bounded(after))
    for codes, made in CLASSES:
        if code in codes:
            return made(code=code)
    if code.startswith("restricted_action"):
        return DestinationGone(code=code)
    return Refused(code=code, detail=detail)


def classify(status: int, body: object, *, after: float | None = None) -> Outcome:
    """The class of an HTTP answer. `body` is the decoded JSON, or anything else if it was not JSON."""
    if status == 429:
        return Throttled(after=bounded(after))
    if isinstance(body, dict) and body.get("ok") is True and status < 300:
        return Sent(data=body)
    if isinstance(body, dict) and body.get("ok") is False and body.get("error"):
        return of_code(str(body["error"]), detail=_detail(body), after=after)
    if status == 503:
        return NotSent(code="http_503")
    if status >= 500 or status < 300:
        return Ambiguous(code=f"http_{status}")
    return Refused(code=f"http_{status}")


def bounded(after: float | None) -> float:
    """How long a gate stays closed, in seconds."""
    if after is None or not after > 0:  # also NaN
        return RETRY_AFTER_DEFAULT
    return min(after, RETRY_AFTER_CAP)


def _detail(body: Json) -> str:
    said = body.get("errors") or body.get("response_metadata") or ""
    return str(said)[:500]
