"""Who the bot is in its workspace, as Slack said it once; empty until Slack has been reached."""

import asyncio
import random
from typing import Any

import structlog

from bot.outbound.outcome import Sent, Throttled, WorkspaceGone
from bot.outbound.slack import Slack

log = structlog.get_logger()


class Identity:
    """Workspace, bot user and bot id. The process starts without them: nothing waits for Slack."""

    def __init__(self) -> None:
        self.workspace = ""
        self.workspace_name = ""
        self.user = ""
        self.bot = ""
        self.trouble = "not asked yet"  # why it is not known; "" once it is

    @property
    def known(self) -> bool:
        """Whether Slack has told us who we are."""
        return bool(self.workspace)

    def owns(self, workspace: str) -> bool:
        """Whether a payload of `workspace` is for us. Until we know, all verified ones are."""
        return not self.known or workspace == self.workspace

    def learn(self, data: dict[str, Any]) -> None:
        """Take over an answer of `auth.test`."""
        self.workspace = str(data.get("team_id") or "")
        self.workspace_name = str(data.get("team") or "")
        self.user = str(data.get("user_id") or "")
        self.bot = str(data.get("bot_id") or "")
        self.trouble = "" if self.workspace else "auth.test named no workspace"

    async def find(self, slack: Slack) -> None:
        """Ask `auth.test` until it answers, at growing intervals up to a minute."""
        wait = 1.0
        while not self.known:
            outcome = await slack.call("", "auth.test")
            if isinstance(outcome, Sent):
                self.learn(outcome.data)
                log.info("identity", workspace=self.workspace, bot_user=self.user)
                continue
            self.trouble = getattr(outcome, "code", "throttled")
            level = log.error if isinstance(outcome, WorkspaceGone) else log.warning
            level("slack_not_reached", reason=self.trouble, retry_in=round(wait))
            pause = outcome.after if isinstance(outcome, Throttled) else wait
            await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 - jitter
            wait = min(wait * 2, 60.0)
