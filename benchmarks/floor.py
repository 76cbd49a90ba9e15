"""The floor to compare with: Bolt, tuned, acknowledging and posting one message. No database.

    python -m benchmarks.floor http PORT | socket

Tuned as far as Bolt goes without a gate of one's own: one catch-all listener, own `authorize`,
acknowledgement on the request (`process_before_response`), one shared session, no retries.
"""

import asyncio
import logging
import os
import sys
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

AT_ONCE = 16  # posts in flight; more only lengthens the queue


def build(client: AsyncWebClient) -> AsyncApp:
    """One listener for every submitted view: acknowledge, then post."""

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T0BENCH", bot_user_id="U0BOT", bot_token="xoxb-1")  # noqa: S106

    app = AsyncApp(
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        client=client,
        authorize=authorize,
        process_before_response=True,
        logger=logging.getLogger("floor"),
    )
    gate = asyncio.Semaphore(AT_ONCE)
    running: set[asyncio.Task[None]] = set()

    async def post(key: str) -> None:
        async with gate:
            await client.chat_postMessage(
                channel="C0", text=f"{key} Saved. The next question is in the form."
            )

    @app.view({"type": "view_submission", "callback_id": "floor"})
    async def submitted(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        task = asyncio.create_task(post(body["view"]["private_metadata"]))
        running.add(task)
        task.add_done_callback(running.discard)

    return app


async def main(how: str, port: int) -> None:
    """Serve until killed."""
    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE))
    client = AsyncWebClient(
        token="xoxb-1",  # noqa: S106
        base_url=os.environ["SLACK_API_URL"],
        session=session,
        retry_handlers=[],
    )
    app = build(client)
    if how == "socket":
        handler: Any = AsyncSocketModeHandler(app, app_token="xapp-1", web_client=client)  # noqa: S106
        await handler.start_async()
        return

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    web_app = web.Application()
    web_app.router.add_post("/slack/events", events)
    runner = web.AppRunner(web_app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0))
