"""`cadrage …`: the only place that reads settings, builds the parts, and prints to people."""

import asyncio
import sys
from pathlib import Path
from typing import NoReturn

import click

from bot import logs
from bot.clock import Clock
from bot.settings import Settings, SettingsError, load
from flows.playbook import ContentErrors, Playbook
from flows.playbook import load as load_content
from storage.database import Database, InUse, connect

ENV_FILE = Path(".env")
CONFIGURATION = 78  # EX_CONFIG: starting again will not help
UNUSABLE = 1


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cadrage")
def main() -> None:
    """A Slack bot that facilitates the scoping (cadrage) of CRM projects."""


@main.command()
def run() -> None:
    """Run the bot, by Socket Mode or by HTTP, as its settings say."""
    settings = settings_or_stop(to_run=True)
    logs.set_up(level=settings.log_level, form=settings.log_format)
    playbook = content_or_stop(settings.content)
    db = database_or_stop(settings)
    serve(settings, db, playbook, Clock())


@main.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
def check(path: Path | None) -> None:
    """Check content files (those that come with Cadrage, or those in PATH) and say what is wrong."""
    playbook = content_or_stop(path)
    questions = sum(len(list(flow.questions)) for flow in playbook.flows.values())
    click.echo(f"{len(playbook.flows)} dialogues, {questions} questions: nothing to correct.")


@main.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring the tables up to date. Safe to repeat, and from several machines at once."""
    settings = settings_or_stop()
    database = database_or_stop(settings)
    click.echo("Bringing the tables up to date …")
    try:
        database.upgrade()
    except Exception as error:
        stop(
            [f"The database could not be brought up to date: {logs.redact(str(error)).splitlines()[0]}"],
            UNUSABLE,
        )
    finally:
        database.close()
    click.echo("The tables are up to date.")


def settings_or_stop(*, to_run: bool = False) -> Settings:
    """The settings; or the end of the program, with a sentence for each thing to correct."""
    try:
        settings = load(env_file=ENV_FILE if ENV_FILE.is_file() else None)
    except SettingsError as error:
        stop(error.problems, CONFIGURATION)
    if to_run and (missing := settings.to_run()):
        stop(missing, CONFIGURATION)
    return settings


def content_or_stop(path: Path | None) -> Playbook:
    """The content; or the end of the program, with a sentence for each mistake in it."""
    try:
        return load_content(path)
    except ContentErrors as error:
        stop(list(error.sentences), CONFIGURATION)


def database_or_stop(settings: Settings) -> Database:
    """A database that has not been reached yet; or the end of the program, if its address is wrong."""
    url = settings.database_url.get_secret_value()
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    try:
        return connect(url)
    except ValueError as error:
        stop([str(error)], CONFIGURATION)


def serve(settings: Settings, database: Database, playbook: Playbook, clock: Clock) -> None:
    """Run one bot until it is told to stop."""
    from bot.process import Process  # noqa: PLC0415 - the other commands start faster without it

    async def running() -> None:
        await Process(settings=settings, db=database, playbook=playbook, clock=clock).run()

    try:
        asyncio.run(running())
    except InUse as error:
        stop([str(error)], UNUSABLE)
    except OSError as error:
        stop(
            [f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}). Set CADRAGE_PORT."],
            UNUSABLE,
        )


def stop(problems: list[str], code: int) -> NoReturn:
    """Say what is wrong, one line each, and end the program."""
    for problem in problems:
        click.echo(problem, err=True)
    sys.exit(code)
