"""Bad settings stop the start with a sentence that names the setting and the remedy."""

from pathlib import Path

import pytest

from bot.settings import ELSEWHERE, Settings, SettingsError, load, variables

DOCUMENT = Path(__file__).parents[3] / "docs" / "settings.md"


def problems(**environ: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(environ)
    return str(caught.value)


def test_without_any_variable_there_is_a_usable_default() -> None:
    settings = load({})
    assert settings.database_url.get_secret_value() == "sqlite:///data/cadrage.db"
    assert (settings.host, settings.port, settings.tick) == ("127.0.0.1", 3000, 20)


def test_an_unknown_variable_is_refused_with_the_nearest_name() -> None:
    assert "CADRAGE_PROT is not a setting of Cadrage. Did you mean CADRAGE_PORT?" in problems(
        CADRAGE_PROT="1"
    )


def test_variables_of_the_tests_are_not_refused() -> None:
    load(dict.fromkeys(ELSEWHERE, "x"))


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("CADRAGE_PORT", "many", "a number from 1 to 65535"),
        ("CADRAGE_PORT", "0", "a number from 1 to 65535"),
        ("CADRAGE_LANGUAGE", "de", "en or fr"),
        ("CADRAGE_TICK", "-1", "a number of seconds"),
        ("CADRAGE_LEASE", "inf", "a number of seconds"),
        ("SLACK_API_URL", "slack.com", "https://slack.com/api/"),
        ("SLACK_APP_ID", "cadrage", "A0123456789"),
        ("DATABASE_URL", "mysql://x", "sqlite:///data/cadrage.db or postgresql://"),
        ("CADRAGE_LOG_LEVEL", "loud", "debug, info, warning or error"),
    ],
)
def test_a_wrong_value_names_the_setting_and_what_it_must_be(name: str, value: str, remedy: str) -> None:
    said = problems(**{name: value})
    assert name in said
    assert remedy in said


def test_a_token_of_the_wrong_kind_is_recognised_and_never_shown() -> None:
    said = problems(SLACK_BOT_TOKEN="xoxp-12345-secret", SLACK_APP_TOKEN="xoxb-678-secret")
    assert "SLACK_BOT_TOKEN" in said
    assert "SLACK_APP_TOKEN" in said
    assert "secret" not in said


def test_all_problems_are_said_at_once() -> None:
    said = problems(CADRAGE_PORT="x", CADRAGE_TICK="y", CADRAGE_NOPE="z")
    assert said.count("\n") == 2


def test_socket_mode_and_http_together_are_refused() -> None:
    said = problems(SLACK_APP_TOKEN="xapp-1", SLACK_SIGNING_SECRET="0" * 32)
    assert "Keep the first for Socket Mode, or the second for HTTP" in said


def test_the_demo_listens_on_this_machine_only() -> None:
    assert "CADRAGE_HOST=127.0.0.1" in problems(CADRAGE_DEMO="1", CADRAGE_HOST="192.0.2.1")


def test_what_is_missing_to_run_is_said_with_where_to_find_it() -> None:
    missing = " ".join(load({}).to_run())
    assert "SLACK_BOT_TOKEN is not set" in missing
    assert "SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET" in missing
    assert "make one with “cadrage key”" in missing
    given = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "0" * 32}
    assert load({**given, "CADRAGE_KEY": "0" * 32}).to_run() == []
    assert load({**given, "CADRAGE_DEMO": "1"}).to_run() == [], "the demo makes its own key"


def test_a_key_that_is_too_short_is_refused_and_never_shown() -> None:
    said = problems(CADRAGE_KEY="too-short-a-secret")
    assert "CADRAGE_KEY cannot be used. It must be a secret of at least 32 characters" in said
    assert "too-short" not in said


def test_an_env_file_fills_what_the_environment_lacks(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("CADRAGE_PORT=4000\nCADRAGE_LANGUAGE=fr\n", encoding="utf-8")
    settings = load({"CADRAGE_PORT": "5000"}, env_file=file)
    assert (settings.port, settings.language) == (5000, "fr")


def test_secrets_are_never_shown() -> None:
    settings = load({"SLACK_BOT_TOKEN": "xoxb-canary", "DATABASE_URL": "postgresql://u:canary@h/d"})
    assert "canary" not in f"{settings!r} {settings}"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load({}).port = 1  # type: ignore[misc]


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    listed = {line.split("`")[1] for line in text.splitlines() if line.startswith("| `")}
    assert listed == set(variables()) | set(ELSEWHERE)


def test_the_documented_defaults_are_the_real_ones() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| `")]
    told = {row[1].strip(" `"): row[2].strip(" `") for row in rows}
    for field in Settings.model_fields.values():
        if isinstance(field.default, int | float) and not isinstance(field.default, bool):
            assert told[str(field.alias)] == f"{field.default:g}", field.alias
