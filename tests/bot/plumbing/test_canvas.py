"""A canvas is made once and then replaced in place; what Slack refuses goes to the channel as a file."""

import pytest

from bot.outbound.marking import INSTEAD
from bot.outbound.render import Canvas, File, Message
from sandbox.server import Running
from storage import card
from storage.database import Database
from storage.outbox import Row
from tests.bot.plumbing.rig import TEAM, posting, settings_for
from tests.bot.plumbing.watch import channel_id, parked, settled, until

OBJECT = "p1:DOC1"


def shown(sandbox: Running) -> list[tuple[str, str]]:
    """The canvases of the channel: title and text."""
    world = sandbox.space.world
    files = [world.vault.get(id) for id in world.channel(channel_id(sandbox)).canvases]
    return [(file.title, file.content.decode()) for file in files]


def says(text: str) -> Message:
    return Message(text="Note", canvas=Canvas(title="Note · Boréal", markdown=text))


async def publishes(post: object, sandbox: Running, text: str) -> None:
    post.said.messages["c"] = says(text)  # type: ignore[attr-defined]
    await post.queue("c", op="canvas", channel=channel_id(sandbox), object=OBJECT)  # type: ignore[attr-defined]
    await settled(post)  # type: ignore[arg-type]


async def test_it_is_made_once_and_replaced_in_place(sandbox: Running, database: Database) -> None:
    async with posting(settings_for(sandbox), database) as post:
        await publishes(post, sandbox, "one")
        await publishes(post, sandbox, "two")
        assert shown(sandbox) == [("Note · Boréal", "two")]


@pytest.mark.parametrize("kind", ["drop_after", "500", "hang"])
async def test_one_of_doubtful_fate_is_looked_for_by_its_title(
    sandbox: Running, sqlite_database: Database, kind: str
) -> None:
    sandbox.space.faults.add(method="canvases.create", kind=kind, times=1, after=True)
    async with posting(settings_for(sandbox), sqlite_database) as post:
        await publishes(post, sandbox, "once")
        assert shown(sandbox) == [("Note · Boréal", "once")]


@pytest.mark.parametrize("code", ["free_team_canvas_tab_already_exists", "missing_scope", "unknown_method"])
async def test_a_refusal_is_the_end_and_a_file_goes_instead(
    sandbox: Running, sqlite_database: Database, code: str
) -> None:
    sandbox.space.faults.add(method="canvases.create", kind="error", code=code, times=1)
    async with posting(settings_for(sandbox), sqlite_database, instead) as post:
        await post.queue("c", op="canvas", channel=channel_id(sandbox), object=OBJECT, version=3)
        await settled(post)
        await until(lambda: bool(sandbox.space.world.vault.files))
        assert shown(sandbox) == []
        assert await parked(post) == [("c", code)]
        (file,) = sandbox.space.world.vault.files.values()
        assert file.content.decode() == code


async def test_a_canvas_that_people_deleted_is_not_made_again(
    sandbox: Running, sqlite_database: Database
) -> None:
    async with posting(settings_for(sandbox), sqlite_database, instead) as post:
        await post.queue("c", op="canvas", channel=channel_id(sandbox), object=OBJECT, version=1)
        await settled(post)
        sandbox.space.world.channel(channel_id(sandbox)).canvases.clear()
        await post.queue("c", op="canvas", channel=channel_id(sandbox), object=OBJECT, version=2)
        await settled(post)
        assert await parked(post) == [("c", "canvas_not_found")]
        here = {"workspace": TEAM, "kind": "said", "object_id": OBJECT}
        assert await post.parts.db.read(card.place, **here) is None, "the next version queues none"


async def test_a_text_longer_than_slack_takes_is_not_sent(
    sandbox: Running, sqlite_database: Database
) -> None:
    async with posting(settings_for(sandbox), sqlite_database) as post:
        await publishes(post, sandbox, "x" * 1_000_001)
        assert ("c", "canvas_too_long") in await parked(post)
        assert shown(sandbox) == []


def instead(conn: object, row: Row, parts: object) -> Message:
    """The canvas, or the file that goes instead of it, which says why."""
    if row.ref["what"] == INSTEAD:
        why = str(row.ref["why"])
        return Message(text=why, file=File(name="note.md", content=why.encode()))
    return says("text")
