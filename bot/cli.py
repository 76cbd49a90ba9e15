"""`cadrage …`: the only place that reads settings, builds the parts, and prints to people."""

import asyncio
import json
import os
import sys
import tomllib
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, ClassVar, NoReturn

import click
from pydantic import SecretStr

from bot.documents.house import HouseError, house
from bot.inbound.background import on_hangup, on_signal
from bot.operations import logs
from bot.operations.clock import Clock, DemoClock
from bot.operations.key import demo_key
from bot.settings import Settings, SettingsError, load
from flows.playbook import ContentErrors, Playbook
from flows.playbook import load as load_content
from flows.playbook.statements import table
from flows.words import Language
from storage.database import REQUEST_DEADLINE, Busy, Database, InUse, Unavailable, connect
from storage.errors import Refused
from storage.sealing import new_key

ENV_FILE = Path(".env")
CONFIGURATION = 78  # EX_CONFIG: starting again will not help
UNUSABLE = 1
MALFORMED = 2  # a file to diagnose is not in its format


def version() -> str:
    """The installed version; in a checkout, which is not installed, what pyproject.toml says."""
    try:
        return metadata.version("cadrage")
    except metadata.PackageNotFoundError:
        described = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(described)["project"]["version"])


class Commands(click.Group):
    """The commands; those about records and people are read when they are asked for, so that the others start
    faster."""

    LATER: ClassVar[dict[str, tuple[str, str]]] = {
        "erase": ("bot.cli_people", "erase"),
        "export": ("bot.cli_records", "export"),
        "import": ("bot.cli_records", "bring"),
        "verify": ("bot.cli_documents", "verify"),
        "verify-audit": ("bot.cli_records", "verify_audit"),
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order they are shown."""
        return sorted([*super().list_commands(ctx), *self.LATER])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in self.LATER:
            return super().get_command(ctx, cmd_name)
        module, name = self.LATER[cmd_name]
        found: click.Command = getattr(import_module(module), name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a database that cannot be asked ends it with a sentence."""
        try:
            return super().invoke(ctx)
        except (Busy, Unavailable) as error:
            stop([f"The database does not answer ({logs.first_line(error)}). Check DATABASE_URL, and that "
                  "it is running."], UNUSABLE)  # fmt: skip
        except Refused as error:
            stop([f"The database refuses this ({logs.first_line(error)}). If it is new or older than this "
                  "program, cadrage db upgrade brings its tables up to date."], UNUSABLE)  # fmt: skip


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version())
def main() -> None:
    """A Slack bot that facilitates the scoping (cadrage) of CRM projects."""


@main.command()
@click.option(
    "--after-restore",
    is_flag=True,
    help="The database is a restored backup: look before repeating what Slack may have.",
)
@click.option(
    "--new-key",
    is_flag=True,
    help="The former CADRAGE_KEY is lost: anonymous waves that are open will close unread.",
)
def run(after_restore: bool, new_key: bool) -> None:
    """Run the bot, by Socket Mode or by HTTP, as its settings say."""
    settings = settings_or_stop(to_run=True)
    logs.set_up(level=settings.log_level, form=settings.log_format)
    if settings.demo and not settings.key.get_secret_value():
        settings = settings.model_copy(update={"key": SecretStr(demo_key(Path("data")))})
    playbook = content_or_stop(settings.content)
    house_or_stop(settings)
    db = database_or_stop(settings)
    serve(settings, db, playbook, restored=after_restore, replaced=new_key)


@main.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
def check(path: Path | None) -> None:
    """Check content files (those that come with Cadrage, or those in PATH) and say what is wrong; then
    where each statement behind the content lives in the product."""
    playbook = content_or_stop(path, named="")
    for line in table(playbook):
        click.echo(line)
    questions = sum(len(list(flow.questions)) for flow in playbook.flows.values())
    click.echo(f"{len(playbook.flows)} dialogues, {questions} questions: nothing to correct.")


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--json", "plain", is_flag=True, help="One JSON object a line for each file.")
@click.option("--variant", metavar="NAME", help="The case that this one of its variants builds.")
@click.option(
    "--language", type=click.Choice(["en", "fr"]), default="en", show_default=True, help="Of the words."
)
def diagnose(files: tuple[Path, ...], plain: bool, variant: str | None, language: Language) -> None:
    """Diagnose companies described in files, with the same code as the bot."""
    from bot.operations.diagnose import diagnosed  # noqa: PLC0415 - the other commands start faster
    from flows.diagnosis.fixture import Malformed  # noqa: PLC0415

    playbook = content_or_stop(None)
    wrong = False
    for file in files:
        try:
            said = diagnosed(file, playbook, variant=variant, plain=plain, language=language)
            click.echo(said if plain or file == files[-1] else f"{said}\n")
        except Malformed as error:
            click.echo(f"{file}: {error}.", err=True)
            wrong = True
    if wrong:
        sys.exit(MALFORMED)


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
            [f"The database could not be brought up to date: {logs.first_line(error)}"],
            UNUSABLE,
        )
    finally:
        database.close()
    click.echo("The tables are up to date.")


@main.command(name="manifest")
@click.option(
    "--language", type=click.Choice(["en", "fr"]), default="en", help="Language of the app's names."
)
@click.option(
    "--http", "address", metavar="URL", help="For HTTP: the address Slack sends to, …/slack/events."
)
@click.option("--why", is_flag=True, help="Say why each permission is asked for, instead.")
def print_manifest(language: Language, address: str | None, why: bool) -> None:
    """Print the app's manifest, to be pasted where Slack asks for it."""
    from bot.operations.manifest import ADDRESS, manifest, reasons  # noqa: PLC0415

    if why:
        return click.echo(reasons(language))
    made = manifest(language, http=address is not None, address=address or ADDRESS)
    return click.echo(json.dumps(made, ensure_ascii=False, indent=2))


@main.command()
def doctor() -> None:
    """Say what is wrong with settings, tokens, permissions, database, clock or port."""
    from bot.operations.doctor import examine  # noqa: PLC0415

    settings = settings_or_stop()
    content_or_stop(settings.content)
    house_or_stop(settings)
    database = database_or_stop(settings)

    async def asked() -> bool:
        healthy = True
        async for finding in examine(settings, database, Clock()):
            click.echo(f"{'✗' if finding.wrong else '✓'} {finding.says}")
            healthy = healthy and not finding.wrong
        return healthy

    try:
        healthy = asyncio.run(asked())
    finally:
        database.close()
    if not healthy:
        sys.exit(UNUSABLE)
    click.echo("Nothing to correct.")


@main.command()
def key() -> None:
    """Print a fresh application key, for CADRAGE_KEY. It seals anonymous answers."""
    click.echo(new_key())


@main.command()
@click.option(
    "--port", default=8400, show_default=True, help="Port of the page; the next free one if it is taken."
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option("--scenario", default="boreal", show_default=True, help="Which company to play with.")
@click.option(
    "--data", default=Path("data"), type=click.Path(path_type=Path), help="Folder for the demo's file."
)
def demo(port: int, no_browser: bool, scenario: str, data: Path) -> None:
    """Play: a pretend Slack in the browser, with the bot connected to it."""
    from bot.operations.demo import DemoError, Place, free_port, play  # noqa: PLC0415

    logs.set_up(level=os.environ.get("CADRAGE_LOG_LEVEL", "error"), form="console")
    playbook = content_or_stop(None)
    try:
        page = free_port(port)
        if page != port:
            click.echo(f"Port {port} is taken; using {page}.")
        place = Place(page=page, bot=free_port(page + 1000), folder=data, mail=free_port(page + 2000))
        asyncio.run(play(place, playbook, scenario=scenario, browser=not no_browser, say=click.echo))
    except (DemoError, InUse) as error:
        stop([str(error)], UNUSABLE)


def settings_or_stop(*, to_run: bool = False) -> Settings:
    """The settings; or the end of the program, with a sentence for each thing to correct."""
    try:
        settings = load(env_file=ENV_FILE if ENV_FILE.is_file() else None)
    except SettingsError as error:
        stop(error.problems, CONFIGURATION)
    if to_run and (missing := settings.to_run()):
        stop(missing, CONFIGURATION)
    return settings


def content_or_stop(path: Path | None, *, named: str = "CADRAGE_CONTENT: ") -> Playbook:
    """The content; or the end of the program, with a sentence for each mistake in it, after what names it."""
    try:
        return load_content(path)
    except ContentErrors as error:
        stop([f"{named if path else ''}{one}" for one in error.sentences], CONFIGURATION)


def house_or_stop(settings: Settings) -> None:
    """The house style can be used; or the end of the program, with what to correct in it."""
    try:
        house(settings.house_style)
    except HouseError as error:
        stop([str(error)], CONFIGURATION)


def database_or_stop(settings: Settings, *, deadline: float = REQUEST_DEADLINE) -> Database:
    """A database that has not been reached yet; or the end of the program, if its address is wrong."""
    url = settings.database_url.get_secret_value()
    try:
        if url.startswith("sqlite:///"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        return connect(url, deadline=deadline, key=settings.key.get_secret_value())
    except ValueError as error:
        stop([str(error)], CONFIGURATION)
    except OSError as error:
        said = f"DATABASE_URL cannot be used: {error.filename} cannot be made ({error.strerror})."
        stop([f"{said} Name a folder that the bot may write to."], CONFIGURATION)


def serve(
    settings: Settings, database: Database, playbook: Playbook, *, restored: bool, replaced: bool
) -> None:
    """Run one bot until it is told to stop. `replaced`: its key is another one, knowingly."""
    from bot.process import Process, Start  # noqa: PLC0415 - the other commands start faster without it
    from storage.wave_keys import OtherKey  # noqa: PLC0415

    async def running() -> None:
        clock = DemoClock() if settings.demo else Clock()
        process = Process(
            settings=settings, db=database, playbook=playbook, clock=clock,
            start=Start(restored=restored, new_key=replaced),
        )  # fmt: skip
        on_signal(process.stopping.set)
        on_hangup(process.reload.ask)
        await process.run()

    try:
        asyncio.run(running())
    except InUse as error:
        stop([str(error)], UNUSABLE)
    except OtherKey as error:
        stop([str(error)], CONFIGURATION)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else "not possible"
        stop(
            [f"Cannot listen on {settings.host}:{settings.port} ({why}). Set CADRAGE_PORT."],
            UNUSABLE,
        )


def stop(problems: list[str], code: int) -> NoReturn:
    """Say what is wrong, one line each, and end the program."""
    for problem in problems:
        click.echo(problem, err=True)
    sys.exit(code)
