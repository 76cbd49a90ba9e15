"""`cadrage erase`: what the command about people prints, and asks."""

import click

from bot import cli
from bot.cli_records import PATIENT
from bot.operations import erasing, taking
from bot.operations.clock import Clock
from storage.database import Database, InUse


@click.command()
@click.argument("user")
@click.option("--workspace", default="", help="Its Slack team id, when the bot serves several.")
@click.option(
    "--successor", default="", metavar="USER", help="Who facilitates, and sees to what is open, instead."
)
@click.option("--yes", is_flag=True, help="Erase without asking.")
def erase(user: str, workspace: str, successor: str, yes: bool) -> None:
    """Erase a person by their Slack user id: what goes, what is renamed and who takes over, then, once you
    agree, it is done. Decisions and records stay, without the name. On SQLite the bot has to be stopped."""
    settings = cli.settings_or_stop()
    playbook = cli.content_or_stop(settings.content)
    database = cli.database_or_stop(settings, deadline=PATIENT)
    try:
        person = erasing.person_of(database, user, workspace=workspace, successor=successor)
        for line in erasing.said(erasing.preview(database, person)):
            click.echo(line)
        if not (yes or click.confirm(f"Erase {person.name}? This cannot be undone.")):
            click.echo("Nothing was changed.")
            return
        found = erasing.erase(database, playbook, person, now=Clock().now())
        click.echo(f"Done: {person.user} is {found.former} from now on.")
        _verified(database)
    except (erasing.Unknown, InUse) as error:
        cli.stop([str(error)], cli.UNUSABLE)
    finally:
        database.close()


def _verified(database: Database) -> None:
    """The audit holds as before; said, so that nobody has to believe it."""
    if not taking.verify(database, click.echo):
        cli.stop(["The audit does not hold: cadrage verify-audit says where."], cli.UNUSABLE)
