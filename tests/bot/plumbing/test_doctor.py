"""`cadrage doctor` says in sentences what is wrong and what to do."""

import socket
from datetime import timedelta
from email.utils import format_datetime

import pytest

from bot.operations import doctor
from bot.operations.clock import Clock
from bot.operations.doctor import examine
from bot.outbound.outcome import NotSent, Sent, Throttled, WorkspaceGone
from bot.outbound.slack import ahead
from bot.settings import Settings
from sandbox.server import Running
from storage.database import Database, connect
from storage.sealing import Sealer, new_key
from tests.bot.plumbing.rig import TOKENS, settings_for
from tests.ports import free_port
from tests.storage.voting import polling


async def said(settings: Settings, db: Database) -> tuple[str, bool]:
    found = [finding async for finding in examine(settings, db, Clock())]
    return "\n".join(f.says for f in found), not any(f.wrong for f in found)


async def test_a_good_configuration_has_nothing_to_correct(sandbox: Running, database: Database) -> None:
    settings = settings_for(sandbox, SLACK_APP_TOKEN=TOKENS.app, CADRAGE_PORT=str(free_port()))
    words, healthy = await said(settings, database)
    assert healthy, words
    assert "Slack knows the bot" in words
    assert "Socket Mode works" in words
    assert "The database can be read and written" in words


async def test_a_wrong_token_is_named_with_its_remedy(sandbox: Running, sqlite_database: Database) -> None:
    settings = settings_for(sandbox, SLACK_BOT_TOKEN="xoxb-wrong", SLACK_APP_TOKEN="xapp-wrong")
    words, healthy = await said(settings, sqlite_database)
    assert not healthy
    assert "Slack does not accept SLACK_BOT_TOKEN (invalid_auth)" in words
    assert "connections:write" in words
    assert "xoxb-wrong" not in words


async def test_slack_out_of_reach_is_told_from_a_wrong_token(sqlite_database: Database) -> None:
    words, healthy = await said(settings_for(SLACK_SIGNING_SECRET="0" * 32), sqlite_database)
    assert not healthy
    assert "Slack cannot be reached" in words
    assert "SLACK_SIGNING_SECRET has the right shape" in words


async def test_tables_that_are_not_there_yet_are_made_at_the_start(tmp_path: object) -> None:
    db = connect(f"sqlite:///{tmp_path}/new.db")
    try:
        found = await doctor.database(db, Clock())
    finally:
        db.close()
    assert not found.wrong
    assert "cadrage db upgrade" in found.says
    assert "(no such table: memo)" in found.says


async def test_a_database_out_of_reach_is_named() -> None:
    db = connect("postgresql://nobody:canary@127.0.0.1:9/nothing")
    try:
        found = await doctor.database(db, Clock())
    finally:
        db.close()
    assert found.wrong
    assert "DATABASE_URL" in found.says
    assert "canary" not in found.says


async def test_a_taken_port_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        found = await doctor.port("127.0.0.1", taken.getsockname()[1])
    assert found.wrong
    assert "CADRAGE_PORT" in found.says


async def test_another_key_than_that_of_open_waves_is_named_with_its_remedy(
    sqlite_database: Database,
) -> None:
    open_wave = polling(sqlite_database)
    assert not (await doctor.seals(sqlite_database, open_wave.sealer)).wrong
    found = await doctor.seals(sqlite_database, Sealer(new_key()))
    assert found.wrong
    assert "CADRAGE_KEY is not the key" in found.says
    assert "--new-key" in found.says


@pytest.mark.parametrize(("seconds", "wrong"), [(0, False), (30, False), (200, True), (-200, True)])
def test_a_clock_that_is_off_is_noticed(seconds: int, wrong: bool) -> None:
    found = doctor.skew(seconds)
    assert found.wrong is wrong
    assert ("200 seconds" in found.says) is wrong


def test_slacks_clock_is_read_from_its_answers() -> None:
    date = format_datetime(Clock().now() - timedelta(seconds=100), usegmt=True)
    off = ahead({"Date": date})
    assert off is not None
    assert 99 <= off <= 103
    assert ahead({}) is None
    assert ahead({"Date": "soon"}) is None


def test_missing_permissions_are_named_with_their_reason() -> None:
    found = doctor.scopes({"X-OAuth-Scopes": "chat:write, commands"})
    assert found.wrong
    assert "files:write (publish the scoping note)" in found.says
    assert "chat:write" not in found.says
    assert not doctor.scopes({}).wrong


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Sent(data={"team": "Boréal", "user": "cadrage"}), "@cadrage in the workspace Boréal"),
        (NotSent(code="ClientConnectorError"), "cannot be reached"),
        (Throttled(after=5), "wait 5 seconds"),
        (WorkspaceGone(code="account_inactive"), "(account_inactive)"),
    ],
)
def test_what_slack_says_of_the_token_becomes_a_sentence(outcome: Sent, words: str) -> None:
    assert words in doctor.bot_token(outcome).says


def test_a_signing_secret_that_cannot_be_one_is_named() -> None:
    assert doctor.signing_secret("abc").wrong
    assert not doctor.signing_secret("0123456789abcdef0123456789abcdef").wrong
