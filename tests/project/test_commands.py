"""The command line, and what the documentation says about it."""

from click.testing import CliRunner

from bot.cli import main
from tests.project.checkout import text


def test_every_command_is_documented() -> None:
    page = text("docs/commands.md")
    assert [name for name in main.commands if f"`cadrage {name}" not in page] == []


def test_every_command_explains_itself() -> None:
    for name, command in main.commands.items():
        assert command.help or command.short_help, name


def test_help_names_every_command() -> None:
    said = CliRunner().invoke(main, ["--help"]).output
    assert [name for name in main.commands if name not in said] == []


def test_the_version_is_that_of_the_project() -> None:
    said = CliRunner().invoke(main, ["--version"])
    assert said.exit_code == 0
    assert f'version = "{said.output.split()[-1]}"' in text("pyproject.toml")
