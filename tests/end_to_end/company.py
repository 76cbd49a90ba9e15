"""The example company in the sandbox, and the bot as its own process beside it.

The bot is `python -m bot run`, reached only as Slack reaches it. Its clock can be moved (CADRAGE_DEMO),
because messages leave in working hours and stories have dates. Records are read from the bot's own database.
"""

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML
from sqlalchemy import Connection, Engine, create_engine, make_url

from flows.project import Project
from flows.register.model import Kept
from sandbox.server import Running, serving
from sandbox.workspace import Options
from storage import project as projects
from storage import register
from tests.bot.plumbing.rig import TOKENS
from tests.bot.plumbing.test_process import Program, start
from tests.databases import migrated
from tests.ports import free_port

STORIES = Path(__file__).parent.parent / "stories"
PEOPLE: dict[str, dict[str, str]] = YAML(typ="safe").load((STORIES / "people.yaml").read_text("utf-8"))
WORKSPACE, CHANNEL = "T0SANDBOX", "boreal"
PARIS = ZoneInfo("Europe/Paris")
T = TypeVar("T")


def world(language: str) -> dict[str, Any]:
    """The people of the stories, all of one language. Kim is a guest from elsewhere, Ned in no project."""
    locale = "fr-FR" if language == "fr" else "en-GB"
    known = [
        {"key": key, "id": person["user"], "name": person["name"], "tz": "Europe/Paris", "locale": locale}
        for key, person in PEOPLE.items()
    ]
    kim = {"key": "kim", "name": "Kim Larsen", "team": "vendor", "restricted": True, "locale": locale}
    ned = {"key": "ned", "name": "Ned Other", "tz": "Europe/Paris", "locale": locale}
    return {
        "team": {"name": "Corvanne Froid", "domain": "corvanne"},
        "people": [*known, kim, ned],
        "channels": [
            {"name": CHANNEL, "members": [*PEOPLE], "bot": True},
            {"name": "general", "members": [*PEOPLE, "ned", "kim"], "bot": True, "shared": ["vendor"]},
        ],
    }


@dataclass(kw_only=True)
class Company:
    """The sandbox with its people, and the bot at work."""

    sandbox: Running
    folder: Path
    database: str
    language: str = "en"
    http: bool = False
    port: int = 0
    environ: dict[str, str] = field(default_factory=dict)
    program: Program | None = None
    started: list[Program] = field(default_factory=list)
    _engine: Engine | None = None

    # -- the bot --------------------------------------------------------------------------------------------

    async def starts(self, *, wait: bool = True, **environ: str) -> Program:
        """The bot starts, by Socket Mode or by HTTP."""
        way = (
            {"SLACK_SIGNING_SECRET": TOKENS.signing_secret} if self.http else {"SLACK_APP_TOKEN": TOKENS.app}
        )
        self.program = await start(
            "run", port=self.port, folder=self.folder, SLACK_API_URL=self.sandbox.api,
            SLACK_BOT_TOKEN=TOKENS.bot, DATABASE_URL=self.database, CADRAGE_PORT=str(self.port),
            CADRAGE_DEMO="1", CADRAGE_LOOKUP_AFTER="0", CADRAGE_LOG_LEVEL="warning",
            **{**way, **self.environ, **environ},
        )  # fmt: skip
        self.started.append(self.program)
        if wait:
            await self.program.ready(*(("slack", "ok") if self.http else ("socket", "connected")), seconds=30)
            await self.program.ready(seconds=30)
        return self.program

    async def ends(self) -> None:
        """Every bot of this company is stopped, by force if need be."""
        for program in self.started:
            if program.process.returncode is None:
                program.process.kill()
                await program.process.wait()
            with contextlib.suppress(RuntimeError):  # a test that reads the log itself
                if program.process.stdout is not None and (said := await program.process.stdout.read()):
                    print("What the bot wrote:", said.decode(errors="replace"))  # noqa: T201 - shown when a test fails
        if self._engine is not None:
            self._engine.dispose()

    # -- time -----------------------------------------------------------------------------------------------

    async def now(self) -> datetime:
        """The bot's moment, in Paris."""
        return datetime.fromtimestamp((await self.sandbox.looks("time"))["now"], UTC).astimezone(PARIS)

    async def until(self, day: date, at: time = time(10, 0)) -> None:
        """Time passes until then, in Paris. Never backward."""
        moment = datetime.combine(day, at, tzinfo=PARIS)
        if moment > await self.now():
            await self.sandbox.does("time", until=moment.astimezone(UTC).isoformat())

    async def passes(self, **by: float) -> None:
        """Some time passes."""
        await self.sandbox.does("time", advance=timedelta(**by).total_seconds())

    async def office_hours(self) -> None:
        """It is ten in the morning of a working day: messages leave, and there is time until the evening."""
        day = (await self.now()).date()
        if await self.now() > datetime.combine(day, time(11), tzinfo=PARIS):
            day += timedelta(days=1)
        await self.until(day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0)))

    # -- what is kept ---------------------------------------------------------------------------------------

    def reads(self, function: Callable[..., T], **named: Any) -> T:
        """What the bot has stored, read beside it."""
        with self._connection() as conn:
            return function(conn, workspace=WORKSPACE, **named)

    def puts(self, function: Callable[..., T], **named: Any) -> T:
        """Something that was there before, put into the database beside the bot."""
        with self._connection() as conn, conn.begin():
            return function(conn, **named)

    @property
    def project(self) -> Project:
        """The one project there is."""
        (found,) = self.reads(projects.for_user, user=PEOPLE["elodie"]["user"])
        return found

    @property
    def projects(self) -> list[Project]:
        return self.reads(projects.for_user, user=PEOPLE["elodie"]["user"])

    def records(self, *kinds: Any, status: Any = None) -> list[Kept]:
        """The register, restricted records included."""
        return self.reads(
            register.records, project_id=self.project.id, kinds=kinds or None, status=status, roles=None
        )

    @contextlib.contextmanager
    def _connection(self) -> Iterator[Connection]:
        if self._engine is None:
            url = make_url(self.database)
            backend = url.get_backend_name()
            self._engine = create_engine(
                url.set(drivername="postgresql+psycopg") if backend == "postgresql" else url,
                pool_pre_ping=True,
            )
        with self._engine.connect() as conn:
            yield conn


@contextlib.asynccontextmanager
async def company_at(
    folder: Path, *, language: str = "en", database: str = "", http: bool = False, **environ: str
) -> AsyncIterator[Company]:
    """A company whose bot has not started yet."""
    port = free_port()
    deliver = (f"http://127.0.0.1:{port}/slack/events",) if http else ()
    options = Options(
        retry_factor=0.01, deliver=deliver, bot_control=f"http://127.0.0.1:{port}", traffic=20_000
    )
    async with serving(options) as sandbox:
        await sandbox.space.reset(world(language), "")
        file = folder / "cadrage.db"
        if not database and not file.exists():
            file.write_bytes(migrated())
        company = Company(
            sandbox=sandbox, folder=folder, database=database or f"sqlite:///{file}",
            language=language, http=http, port=port, environ=environ,
        )  # fmt: skip
        try:
            yield company
        finally:
            await company.ends()
