"""Acceptance point 24 through the sandbox: the digest arrives Thursday 08:30 where the sponsor is, in Slack
and, as she wished, in her mailbox; a mail server that asks to come back is asked again."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flows.playbook import Playbook
from sandbox.mailbox import Mailbox
from tests.end_to_end.company import company_at
from tests.end_to_end.founding import founded, someone

ADDRESS = "claire.vasseur@boreal.example"
PARIS = ZoneInfo("Europe/Paris")
THURSDAY = 3


async def test_acceptance_24_the_digest_arrives_thursday_at_half_past_eight_in_slack_and_by_mail(
    tmp_path: Path, playbook: Playbook
) -> None:
    box = Mailbox()
    port = await box.start()
    mail: dict[str, Any] = {
        "CADRAGE_SMTP_HOST": "127.0.0.1", "CADRAGE_SMTP_PORT": str(port), "CADRAGE_SMTP_TLS": "none",
        "CADRAGE_SMTP_FROM": "cadrage@boreal.example",
    }  # fmt: skip
    async with company_at(tmp_path, **mail) as company:
        await company.starts()
        await company.office_hours()
        await founded(company, playbook)
        async with someone(company, "claire", playbook) as claire:
            await claire.dm()
            await claire.runs("/cadrage digest")
            await claire.clicks("digest.settings", within=15)
            await claire.fills({"mails": ["yes"], "address": ADDRESS}, within=15)
            await claire.submits()
            await claire.closes(everything=True)
            box.refusals = ["451 4.7.1 Come back later"]
            day = (await company.now()).astimezone(PARIS).date()
            thursday = day + timedelta(days=(THURSDAY - day.weekday()) % 7 or 7)
            await company.until(thursday, time(8, 40))
            await claire.dm()
            card = await claire.message("What we need from you")
            at = datetime.fromtimestamp(float(card["ts"]), PARIS)
            assert (at.date(), at.hour, at.minute) == (thursday, 8, 30)
            assert len(card["blocks"]) <= 20, "one screen"
            await company.passes(minutes=10)
    await box.stop()
    (copy,) = box.received
    assert copy.to == (ADDRESS,)
    assert copy.mail["Message-ID"].endswith("@boreal.example>")
    for part in ("plain", "html"):
        assert "your next visible act" in copy.part(part).lower()
