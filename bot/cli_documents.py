"""`cadrage verify`: what the command about delivered documents prints."""

import sys
from pathlib import Path

import click

from bot import cli
from bot.operations.verifying import LARGEST, verified


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
def verify(files: tuple[Path, ...]) -> None:
    """Say which version of which document a FILE is, who has signed it and when; or that it is not ours, or
    was changed. The bot may run meanwhile."""
    database, ours = cli.database_or_stop(cli.settings_or_stop()), True
    try:
        for file in files:
            try:
                if file.stat().st_size > LARGEST:
                    raise OSError(0, "this file is too large to be one of ours")
                found = database.read_sync(verified, content=file.read_bytes())
            except OSError as error:
                click.echo(f"{file}: {error.strerror}.", err=True)
                ours = False
                continue
            for number, line in enumerate(found.lines):
                click.echo(f"{file}: {line}" if number == 0 else f"  {line}")
            ours = ours and found.ours
    finally:
        database.close()
    if not ours:
        sys.exit(cli.UNUSABLE)
