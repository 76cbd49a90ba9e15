"""Bolt, set up so that it waits for our handlers, asks Slack nothing, and logs no payload."""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.response import BoltResponse

from bot.inbound.identity import Identity


class _Stored(AsyncAuthorize):
    """Says who we are from memory. Never calls `auth.test`, and gives Bolt no token."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    async def __call__(self, *, team_id: str | None = None, **_: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=team_id,
            bot_user_id=self._identity.user or None,
            bot_id=self._identity.bot or None,
        )


def bolt(identity: Identity, listen: Callable[..., Awaitable[BoltResponse]]) -> AsyncApp:
    """Bolt with one listener for each kind of payload: every listener that does not match costs."""
    quiet = logging.getLogger("cadrage.bolt")
    quiet.setLevel(logging.ERROR)  # below it, Bolt writes payloads
    app = AsyncApp(
        name="cadrage",
        logger=quiet,
        process_before_response=True,
        authorize=_Stored(identity),
        request_verification_enabled=False,  # bot/inbound/gate.py has done it, on the raw bytes
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    everything = re.compile("")
    for register in (app.action, app.view_submission, app.event, app.command, app.shortcut, app.options):
        register(everything)(listen)
    app.view_closed(everything)(listen)
    return app
