"""`cadrage export`, `import` and `verify-audit`: what the commands about records print, and ask."""

import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from bot import cli
from bot.operations import bringing, taking
from bot.operations.bringing import Order, Preview
from bot.operations.clock import Clock
from bot.takeaway.files import Form
from flows.words import Language
from storage.database import InUse

PATIENT = 3600.0  # seconds a command that nobody waits for in Slack may take
NAMED = click.option("--project", "named", default="", help="Its id or name, when there are several.")
Command = Callable[..., Any]


@click.command()
@NAMED
@click.option(
    "--form", type=click.Choice(["csv", "xlsx", "md", "json", "ics"]), default="csv", show_default=True,
    help="md: each decision on a page of its own, in a zip.",
)  # fmt: skip
@click.option("--output", "target", required=True, type=click.Path(path_type=Path), help="The file to write.")
@click.option("--language", type=click.Choice(["en", "fr"]), help="The project's own unless it is given.")
@click.option("--confidential", is_flag=True, help="With what only sponsor, HR, lead and facilitator read.")
def export(named: str, form: Form, target: Path, language: Language | None, confidential: bool) -> None:
    """Write the records of a project to a file, whatever their number. Anonymous answers are in none."""
    settings = cli.settings_or_stop()
    playbook = cli.content_or_stop(settings.content)
    database = cli.database_or_stop(settings, deadline=PATIENT)
    try:
        project = taking.project_of(database, named)
        written = taking.export(
            database, playbook, project=project, form=form, target=target, confidential=confidential,
            language=language or project.language, now=Clock().now(), say=progress,
        )  # fmt: skip
    except taking.NoProject as error:
        cli.stop([str(error)], cli.UNUSABLE)
    except OSError as error:
        cli.stop([f"{target}: {error.strerror or 'this file cannot be written'}."], cli.UNUSABLE)
    finally:
        database.close()
    click.echo(f"{target}: {written:,} records.")


@click.command(name="import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@NAMED
@click.option("--kind", type=click.Choice(["decision", "issue"]), help="Of lines that do not say theirs.")
@click.option("--yes", is_flag=True, help="Make the records without asking.")
@click.option("--report", type=click.Path(path_type=Path), help="A file for every refused line and why.")
@click.option("--undo", metavar="ID", help="Withdraw what this import made and nobody has touched since.")
def bring(named: str, undo: str | None, **given: Any) -> None:
    """Bring in decisions and issues from a CSV file: what it would make and what is refused, then, once you
    agree, the records. On SQLite the bot has to be stopped meanwhile."""
    if (given["file"] is None) == (undo is None):
        cli.stop(["Name a file to bring in, or an import to --undo."], cli.UNUSABLE)
    database = cli.database_or_stop(cli.settings_or_stop(), deadline=PATIENT)
    try:
        project = taking.project_of(database, named)
        if undo is not None:
            gone = bringing.take_back(database, undo, project=project, now=Clock().now())
            click.echo(f"{gone:,} records withdrawn.")
        else:
            _brought(Order(db=database, file=given["file"], project=project, kind=given["kind"]), given)
    except bringing.Unusable as error:
        cli.stop([f"{given['file']}: {error}"], cli.UNUSABLE)
    except (taking.NoProject, InUse) as error:
        cli.stop([str(error)], cli.UNUSABLE)
    finally:
        database.close()


def _brought(order: Order, given: dict[str, Any]) -> None:
    """Said, asked, made."""
    report = given["report"]
    with report.open("w", encoding="utf-8") if report else nullcontext() as out:
        told = (lambda said: out.write(f"{said}\n")) if out else None
        found = bringing.preview(order, say=progress, report=told)
    _say(order, found)
    if not found.records or not (given["yes"] or click.confirm(f"Make {found.records:,} records?")):
        click.echo("Nothing was made.")
        return
    made = bringing.bring(order, found, now=Clock().now(), say=progress)
    click.echo(f"{made:,} records made. To undo: cadrage import --undo {order.batch}")


def _say(order: Order, found: Preview) -> None:
    """What the file would make, and what of it is refused."""
    for kind, many in sorted(found.by_kind.items()):
        click.echo(f"{kind}: {many:,}")
    for one in found.examples:
        click.echo(f"  line {one.line}: {one.draft.title.en}")
    if found.columns.unknown:
        click.echo(f"Columns left out: {', '.join(found.columns.unknown)}")
    click.echo(f"{found.records:,} records for {order.project.name}; {found.refused:,} lines refused.")
    for refused in found.reasons:
        click.echo(f"  {bringing.refusal(refused, order.project.language)}")
    if found.refused > len(found.reasons):
        click.echo("  … and more: --report FILE writes them all.")


def progress(said: str) -> None:
    """A line beside what the command gives."""
    click.echo(said, err=True)


@click.command(name="verify-audit")
def verify_audit() -> None:
    """Verify that nothing in the audit was altered, left out, put in or moved. Needs CADRAGE_KEY."""
    database = cli.database_or_stop(cli.settings_or_stop(), deadline=PATIENT)
    try:
        whole = taking.verify(database, click.echo)
    finally:
        database.close()
    if not whole:
        sys.exit(cli.UNUSABLE)
