"""Cards are updated in place, files published once, and a lost place is told (row 40)."""

import pytest
from sqlalchemy import Connection

from bot.outbound.render import File, Message
from flows.project import Member
from sandbox.server import Running
from storage import outbox, project
from storage.database import Database
from tests.bot.plumbing.rig import TEAM, Post, posting, settings_for
from tests.bot.plumbing.watch import channel_id, dm_texts, parked, settled, texts, until


async def test_a_card_is_posted_once_and_then_updated(sandbox: Running, database: Database) -> None:
    async with posting(settings_for(sandbox), database) as post:
        for words in ("zero of two", "one of two", "two of two"):
            post.said.messages["card"] = Message(text=words)
            await post.queue("card", op="card", channel=channel_id(sandbox), object="p1")
            await until(lambda words=words: texts(sandbox) == [words])  # type: ignore[misc]
            await settled(post)


async def test_a_card_whose_first_post_was_doubtful_is_not_doubled(
    sandbox: Running, sqlite_database: Database
) -> None:
    sandbox.space.faults.add(method="chat.postMessage", kind="drop_after", times=1)
    async with posting(settings_for(sandbox), sqlite_database) as post:
        await post.queue("card", op="card", channel=channel_id(sandbox), object="p1")
        await settled(post)
        post.said.messages["card"] = Message(text="second")
        await post.queue("card", op="card", channel=channel_id(sandbox), object="p1")
        await settled(post)
        assert texts(sandbox) == ["second"]


async def test_a_card_found_by_its_look_up_says_what_has_become_true_meanwhile(
    sandbox: Running, sqlite_database: Database
) -> None:
    sandbox.space.faults.add(method="chat.postMessage", kind="drop_after", times=1)
    async with posting(settings_for(sandbox), sqlite_database) as post:
        await post.queue("card", op="card", channel=channel_id(sandbox), object="p1")
        await until(lambda: texts(sandbox) == ["card"])
        post.said.messages["card"] = Message(text="second")
        await post.queue("card", op="card", channel=channel_id(sandbox), object="p1")
        await settled(post)
        assert texts(sandbox) == ["second"]


async def test_a_card_somebody_deleted_is_posted_again(sandbox: Running, sqlite_database: Database) -> None:
    async with posting(settings_for(sandbox), sqlite_database) as post:
        await post.queue("card", op="card", channel=channel_id(sandbox), object="p1")
        await settled(post)
        sandbox.space.world.channels[channel_id(sandbox)].messages.clear()
        await post.queue("card", op="card", channel=channel_id(sandbox), object="p1")
        await settled(post)
        assert texts(sandbox) == ["card"]


async def test_when_a_channel_is_gone_lead_and_facilitator_hear_it_once(
    sandbox: Running, sqlite_database: Database
) -> None:
    world = sandbox.space.world
    ana, ben = world.person("ana").id, world.person("ben").id
    world.channels[channel_id(sandbox)].archived = True
    async with posting(settings_for(sandbox), sqlite_database) as post:
        made = await post.parts.db.run(_project, channel_id(sandbox), ana, ben, post)
        await post.queue("first", channel=channel_id(sandbox), project=made)
        await post.queue("second", channel=channel_id(sandbox), project=made)
        await settled(post)
        assert {key for key, _ in await parked(post)} == {"first", "second"}
        assert len(dm_texts(sandbox, "ana")) == 1
        assert len(dm_texts(sandbox, "ben")) == 1
        assert dm_texts(sandbox, "chloe") == []


def _project(conn: Connection, channel: str, facilitator: str, lead: str, post: Post) -> str:
    made = project.create(
        conn, workspace=TEAM, channel=channel, language="en", facilitator=facilitator, name="Boréal",
        now=post.parts.clock.now(),
    )  # fmt: skip
    project.set_team(conn, workspace=TEAM, id=made, members=[Member(user=lead)])
    project.set_role(conn, workspace=TEAM, id=made, role="lead", user=lead)
    return made


async def test_a_channel_that_returns_gets_what_was_given_up(
    sandbox: Running, sqlite_database: Database
) -> None:
    place = sandbox.space.world.channels[channel_id(sandbox)]
    place.archived = True
    async with posting(settings_for(sandbox), sqlite_database) as post:
        await post.queue("kept", lane=f"channel:{place.id}", channel=place.id)
        await settled(post)
        assert texts(sandbox) == []
        place.archived = False
        await post.parts.db.run(
            outbox.unpark, workspace=TEAM, lane=f"channel:{place.id}", now=post.parts.clock.now()
        )
        post.worker.wake()
        await settled(post)
        assert texts(sandbox) == ["kept"]


async def test_a_public_channel_is_entered_to_post_in_it(sandbox: Running, sqlite_database: Database) -> None:
    place = sandbox.space.world.channels[channel_id(sandbox)]
    place.members.discard("U0CADRAGE")
    async with posting(settings_for(sandbox), sqlite_database) as post:
        await post.queue("may I", channel=place.id)
        await settled(post)
        assert texts(sandbox) == ["may I"]


@pytest.mark.parametrize("fault", [None, "drop_after", "500"])
async def test_a_file_is_published_once(
    sandbox: Running, sqlite_database: Database, fault: str | None
) -> None:
    if fault:
        sandbox.space.faults.add(method="files.completeUploadExternal", kind=fault, times=1, after=True)
    async with posting(settings_for(sandbox), sqlite_database) as post:
        note = File(name="note.md", content="# Boréal".encode(), title="Note")
        post.said.messages["note"] = Message(text="The note", file=note)
        await post.queue("note", op="file", channel=channel_id(sandbox))
        await settled(post)
        assert len(texts(sandbox)) == 1


async def test_a_file_whose_publication_failed_is_published_later(
    sandbox: Running, sqlite_database: Database
) -> None:
    sandbox.space.faults.add(method="files.completeUploadExternal", kind="drop_before", times=1)
    async with posting(settings_for(sandbox), sqlite_database) as post:
        post.said.messages["note"] = Message(text="The note", file=File(name="note.md", content=b"# B"))
        await post.queue("note", op="file", channel=channel_id(sandbox))
        await settled(post)
        assert len(texts(sandbox)) == 1
