"""Environment variables as one frozen, validated `Settings`. Reads nothing when imported.

Every name is described in docs/settings.md; a test fails when one is missing there.
"""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from flows.words import Language
from storage.sealing import SHORTEST

#: Variables with our prefix that other parts of the project read.
ELSEWHERE = ("CADRAGE_FAILPOINT", "CADRAGE_TEST_DATABASE_URL", "CADRAGE_CHROMIUM")
#: An address people can be written to. Narrower than what RFC 5321 allows: no quotes, no comments, no
#: control characters, so that nothing in it can be read as anything else.
ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class SettingsError(Exception):
    """The configuration cannot be used. `problems` holds one sentence for each thing to correct."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _named(name: str, default: Any, expects: str, **limits: Any) -> Any:
    """A field read from the variable `name`; `expects` finishes the sentence "It must be …"."""
    return Field(default=default, alias=name, description=expects, **limits)


Seconds = Annotated[float, Field(gt=0)]


class Settings(BaseModel):
    """How this process runs. Holds secrets, and never shows them. Does not check that they work:
    `cadrage doctor` does."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=True)

    bot_token: SecretStr = _named("SLACK_BOT_TOKEN", SecretStr(""), "a bot token, which begins with xoxb-")
    app_token: SecretStr = _named(
        "SLACK_APP_TOKEN", SecretStr(""), "an app-level token, which begins with xapp-"
    )
    signing_secret: SecretStr = _named(
        "SLACK_SIGNING_SECRET", SecretStr(""), "the signing secret of the app (32 characters)"
    )
    api_url: str = _named(
        "SLACK_API_URL", "https://slack.com/api/", "an address such as https://slack.com/api/",
        pattern=r"^https?://[^\s]+$",
    )  # fmt: skip
    app_id: str = _named("SLACK_APP_ID", "", "the app's id, such as A0123456789", pattern=r"^(A[A-Z0-9]+)?$")
    database_url: SecretStr = _named(
        "DATABASE_URL",
        SecretStr("sqlite:///data/cadrage.db"),
        "sqlite:///data/cadrage.db or postgresql://user:password@host/database",
    )
    key: SecretStr = _named(
        "CADRAGE_KEY", SecretStr(""), "a secret of at least 32 characters, as `cadrage key` prints one"
    )
    host: str = _named("CADRAGE_HOST", "127.0.0.1", "an address of this machine, or 0.0.0.0 for all")
    port: int = _named("CADRAGE_PORT", 3000, "a number from 1 to 65535", ge=1, le=65535)
    language: Language = _named("CADRAGE_LANGUAGE", "en", "en or fr")
    operator: str = _named("CADRAGE_OPERATOR", "", "a name or an address people can write to", max_length=200)
    help_contact: str = _named(
        "CADRAGE_HELP_CONTACT", "", "whom to turn to when things weigh: a name, an address, a number",
        max_length=200,
    )  # fmt: skip
    company_text: str = _named("CADRAGE_COMPANY_TEXT", "", "at most 500 characters", max_length=500)
    content: Path | None = _named("CADRAGE_CONTENT", None, "a folder of content files")
    house_style: Path | None = _named(
        "CADRAGE_HOUSE_STYLE", None, "a folder with a file house.yaml, and a logo beside it"
    )
    log_level: Literal["debug", "info", "warning", "error"] = _named(
        "CADRAGE_LOG_LEVEL", "info", "debug, info, warning or error"
    )
    log_format: Literal["auto", "json", "console"] = _named(
        "CADRAGE_LOG_FORMAT", "auto", "auto, json or console"
    )
    tick: Seconds = _named("CADRAGE_TICK", 20, "a number of seconds from 1 to 300", ge=1, le=300)
    senders: int = _named("CADRAGE_SENDERS", 8, "a number from 1 to 64", ge=1, le=64)
    sockets: int = _named("CADRAGE_SOCKETS", 1, "a number from 1 to 10", ge=1, le=10)
    in_flight: int = _named("CADRAGE_IN_FLIGHT", 16, "a number from 1 to 256", ge=1, le=256)
    gestures: int = _named("CADRAGE_GESTURES", 30, "a number from 0 to 1000", ge=0, le=1000)
    lookup_after: float = _named(
        "CADRAGE_LOOKUP_AFTER", 60, "a number of seconds from 0 to 600", ge=0, le=600
    )
    lease: Seconds = _named("CADRAGE_LEASE", 60, "a number of seconds from 2 to 600", ge=2, le=600)
    smtp_host: str = _named("CADRAGE_SMTP_HOST", "", "the name of a mail server", max_length=253)
    smtp_port: int = _named("CADRAGE_SMTP_PORT", 587, "a number from 1 to 65535", ge=1, le=65535)
    smtp_tls: Literal["starttls", "tls", "none"] = _named(
        "CADRAGE_SMTP_TLS", "starttls", "starttls, tls or none"
    )
    smtp_user: str = _named("CADRAGE_SMTP_USER", "", "the name of an account on that server", max_length=320)
    smtp_password: SecretStr = _named("CADRAGE_SMTP_PASSWORD", SecretStr(""), "the password of that account")
    smtp_from: str = _named(
        "CADRAGE_SMTP_FROM", "", "an address such as cadrage@example.org", pattern=rf"^({ADDRESS})?$"
    )
    demo: bool = _named("CADRAGE_DEMO", False, "0 or 1")

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is reached by Socket Mode (an app-level token is given) or by HTTP."""
        return bool(self.app_token.get_secret_value())

    @property
    def mails(self) -> bool:
        """Whether copies can be sent by e-mail: a mail server is given."""
        return bool(self.smtp_host)

    def to_run(self) -> list[str]:
        """What is still missing before the bot can run, one sentence each; empty when nothing is."""
        missing = []
        if not self.bot_token.get_secret_value():
            missing.append(
                "SLACK_BOT_TOKEN is not set. Copy the Bot User OAuth Token from the app's page, "
                "OAuth & Permissions."
            )
        if not self.socket_mode and not self.signing_secret.get_secret_value():
            missing.append(
                "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set. Give the first to use Socket Mode "
                "(no public address needed), or the second to receive requests over HTTP."
            )
        if not self.key.get_secret_value() and not self.demo:
            missing.append(
                "CADRAGE_KEY is not set. It seals anonymous answers: make one with “cadrage key”, and keep "
                "it outside the database and its backups."
            )
        return missing


def load(environ: Mapping[str, str] | None = None, *, env_file: Path | None = None) -> Settings:
    """The settings from the environment, and from `env_file` for what the environment lacks.

    Raises `SettingsError` with a sentence for each variable that is wrong or unknown.
    """
    given = _given(os.environ if environ is None else environ, env_file)
    names = variables()
    problems = [_unknown(name, names) for name in sorted(given) if _is_stray(name, names)]
    try:
        settings = Settings.model_validate({n: v for n, v in given.items() if n in names and v != ""})
    except ValidationError as error:
        raise SettingsError(problems + _sentences(error)) from None
    problems += _shapes(settings)
    if problems:
        raise SettingsError(problems)
    return settings


def variables() -> dict[str, str]:
    """Every variable that is read here, with what it must be."""
    return {str(f.alias): str(f.description) for f in Settings.model_fields.values()}


def _given(environ: Mapping[str, str], env_file: Path | None) -> dict[str, str]:
    kept = {n: v or "" for n, v in dotenv_values(env_file).items()} if env_file else {}
    return {**kept, **environ}


def _is_stray(name: str, names: Mapping[str, str]) -> bool:
    return name.startswith("CADRAGE_") and name not in names and name not in ELSEWHERE


def _unknown(name: str, names: Mapping[str, str]) -> str:
    close = difflib.get_close_matches(name, [n for n in names if n.startswith("CADRAGE_")], n=1, cutoff=0)
    return f"{name} is not a setting of Cadrage. Did you mean {close[0]}? If not, remove it."


def _sentences(error: ValidationError) -> list[str]:
    fields = {f.alias: f for f in Settings.model_fields.values()}
    found = []
    for one in error.errors(include_input=True):
        name = str(one["loc"][0])
        field = fields[name]
        secret = field.annotation is SecretStr
        shown = "" if secret else f" is {str(one['input'])!r}, which"
        found.append(f"{name}{shown} cannot be used. It must be {field.description}.")
    return found


def _shapes(settings: Settings) -> list[str]:
    """Values that are well formed and still cannot be right."""
    found = []
    for name, value, start in (
        ("SLACK_BOT_TOKEN", settings.bot_token, "xoxb-"),
        ("SLACK_APP_TOKEN", settings.app_token, "xapp-"),
    ):
        token = value.get_secret_value()
        if token and not token.startswith(start):
            found.append(
                f"{name} cannot be used. It must be {variables()[name]}; this one begins differently."
            )
    if settings.app_token.get_secret_value() and settings.signing_secret.get_secret_value():
        found.append(
            "Both SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are set. Keep the first for Socket Mode, "
            "or the second for HTTP: Slack uses one or the other."
        )
    if not settings.database_url.get_secret_value().startswith(
        ("sqlite:///", "postgresql://", "postgresql+psycopg://")
    ):
        found.append(f"DATABASE_URL cannot be used. It must be {variables()['DATABASE_URL']}.")
    if 0 < len(settings.key.get_secret_value()) < SHORTEST:
        found.append(f"CADRAGE_KEY cannot be used. It must be {variables()['CADRAGE_KEY']}.")
    found += _mail(settings)
    if settings.demo and settings.host not in LOOPBACK:
        found.append("CADRAGE_DEMO=1 works on this machine only. Set CADRAGE_HOST=127.0.0.1, or remove it.")
    return found


def _mail(settings: Settings) -> list[str]:
    """A mail server that is half set: nothing would leave, and nobody would know why."""
    password = settings.smtp_password.get_secret_value()
    found = []
    others = (settings.smtp_from, settings.smtp_user, password)
    if any(others) and not settings.smtp_host:
        found.append(
            "CADRAGE_SMTP_HOST is not set, though other settings of e-mail are. Set it, or remove them."
        )
    if settings.smtp_host and not settings.smtp_from:
        found.append("CADRAGE_SMTP_FROM is not set. E-mail needs the address it comes from.")
    if bool(settings.smtp_user) != bool(password):
        one, other = ("CADRAGE_SMTP_PASSWORD", "CADRAGE_SMTP_USER")
        missing, there = (one, other) if settings.smtp_user else (other, one)
        found.append(f"{missing} is not set, though {there} is. Set both, or neither.")
    if password and settings.smtp_tls == "none" and settings.smtp_host not in LOOPBACK:
        found.append(
            "CADRAGE_SMTP_TLS=none would send CADRAGE_SMTP_PASSWORD in clear over the network. Use starttls "
            "or tls."
        )
    return found
