"""The tables, one comment a column. Holds no query.

Every tenant row carries `workspace` (a Slack team id), first in its primary key, and every query
of a tenant table filters on it; the few that work across workspaces say so (`ACROSS`).
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Sequence,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeEngine

from storage.columns import Instant, Json, Plain

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: Execution option of the statements that serve all workspaces at once: the worker's and the
#: tick's. A test refuses any other statement on a tenant table without `workspace`.
ACROSS: dict[str, Any] = {"across_workspaces": True}

_WAITING = text("state IN ('ready', 'ambiguous')")


def _column(
    name: str,
    type_: TypeEngine[Any] | type[TypeEngine[Any]],
    comment: str,
    *,
    empty: bool = False,
    **options: Any,
) -> Column[Any]:
    return Column(name, type_, nullable=empty, comment=comment, **options)


def _workspace() -> Column[Any]:
    return _column("workspace", String(32), "Slack team id of the tenant")


def _of(table: str, *columns: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["workspace", *columns], [f"{table}.workspace", f"{table}.id"], ondelete="CASCADE"
    )


project = Table(
    "project",
    metadata,
    _workspace(),
    _column("id", String(32), "random 128-bit id, hexadecimal"),
    _column("channel", String(32), "Slack channel the project lives in"),
    _column("name", Plain(), "what people call the project (SET01)"),
    _column("language", String(2), "language of what is said in the channel: en or fr (SET20)"),
    _column("start", Date(), "first day of the project (SET18)", empty=True),
    _column("zone", String(64), "IANA time zone that dates and hours are meant in"),
    _column("phase", String(2), "P0 to P6 (0.3)"),
    _column("creator", String(32), "Slack user who created it"),
    _column("created_at", Instant(), "when it was created, UTC"),
    PrimaryKeyConstraint("workspace", "id"),
    Index(None, "workspace", "channel"),
    comment="One scoping project.",
)

role = Table(
    "role",
    metadata,
    _workspace(),
    _column("project_id", String(32), "the project"),
    _column("role", String(16), "sponsor, arbiter, lead, facilitator, expert or coach (0.2)"),
    _column("user", String(32), "Slack user who holds it"),
    PrimaryKeyConstraint("workspace", "project_id", "role"),
    _of("project", "project_id"),
    Index(None, "workspace", "user"),
    comment="The single roles of a project; an absent row is a role nobody holds.",
)

member = Table(
    "member",
    metadata,
    _workspace(),
    _column("project_id", String(32), "the project"),
    _column("user", String(32), "Slack user in the team"),
    _column("position", Integer(), "order of the line in the team form, from 0"),
    _column("function", String(16), "marketing, sales, service, it … (0.2)", empty=True),
    _column("daci", String(16), "driver, approver, contributor or informed", empty=True),
    _column("hours", Integer(), "hours a week", empty=True),
    PrimaryKeyConstraint("workspace", "project_id", "user"),
    _of("project", "project_id"),
    Index(None, "workspace", "user"),
    comment="The lines of the project team (SET13).",
)

person = Table(
    "person",
    metadata,
    _workspace(),
    _column("user", String(32), "Slack user id"),
    _column("name", Plain(), "display name, as Slack last gave it"),
    _column("zone", String(64), "IANA time zone from Slack; empty: unknown"),
    _column("locale", String(16), "Slack locale, such as fr-FR; empty: unknown"),
    _column("language", String(2), "language the person chose; null: as in Slack", empty=True),
    _column("is_bot", Boolean(), "a bot or an app, which no role may name"),
    _column("deleted", Boolean(), "deactivated in Slack"),
    _column("stranger", Boolean(), "belongs to another company (Slack Connect)"),
    _column("guest", Boolean(), "a guest of the workspace: may be named, starts no project"),
    _column("away_until", Date(), "last day of an absence the person announced", empty=True),
    _column("fetched_at", Instant(), "when Slack was last asked, UTC; null: never", empty=True),
    PrimaryKeyConstraint("workspace", "user"),
    Index("ix_person_bots", "workspace", sqlite_where=text("is_bot = 1"), postgresql_where=text("is_bot")),
    comment="A cache of Slack profiles (24 hours), and what the person chose here.",
)

dialogue = Table(
    "dialogue",
    metadata,
    _workspace(),
    _column("id", String(32), "random 128-bit id, hexadecimal"),
    _column("project_id", String(32), "the project"),
    _column("flow", String(8), "id of the content: D01 to D15"),
    _column("status", String(8), "open or closed"),
    _column("opened_by", String(32), "Slack user who sent it"),
    _column("opened_at", Instant(), "when it was sent, UTC"),
    _column("closes_on", Date(), "last day to answer, in the project's zone; null: none", empty=True),
    _column("closed_at", Instant(), "when it was closed, UTC", empty=True),
    _column("closed_by", String(32), "Slack user who closed it; null: its date", empty=True),
    _column("parts", Json(), "names of the later parts that have been sent, in order"),
    PrimaryKeyConstraint("workspace", "id"),
    _of("project", "project_id"),
    Index(
        "uq_dialogue_open",
        "workspace",
        "project_id",
        "flow",
        unique=True,
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
    Index(
        "ix_dialogue_closing",
        "closes_on",
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
    comment="One run of a flow in a project. Where it stands is derived from its answers.",
)

participation = Table(
    "participation",
    metadata,
    _workspace(),
    _column("dialogue_id", String(32), "the dialogue"),
    _column("user", String(32), "Slack user who was invited or has answered"),
    _column("invited_at", Instant(), "when the invitation was queued, UTC", empty=True),
    _column("invited_by", String(32), "Slack user who invited", empty=True),
    _column("started_at", Instant(), "first answer, UTC", empty=True),
    _column("done_at", Instant(), "when the person said they were done, UTC", empty=True),
    _column("later_at", Instant(), "when the person last asked to be reminded, UTC", empty=True),
    PrimaryKeyConstraint("workspace", "dialogue_id", "user"),
    _of("dialogue", "dialogue_id"),
    Index(None, "workspace", "user"),
    comment="Who takes part in a dialogue. Named dialogues only: nothing here is anonymous.",
)

answer = Table(
    "answer",
    metadata,
    _workspace(),
    _column("dialogue_id", String(32), "the dialogue"),
    _column("question", String(16), "id of the question in the content"),
    _column("respondent", String(32), "Slack user id; empty for a shared question"),
    _column("version", Integer(), "1, 2, 3 … without holes; the current one"),
    _column("author", String(32), "Slack user who wrote it"),
    _column("value", Json(), "the answer; null for an exit or an emptied field", empty=True),
    _column("exit", String(8), "unknown, outside or later, instead of an answer", empty=True),
    _column("at", Instant(), "when it was accepted, UTC"),
    _column("shared", Boolean(), "the question is one form: under a name stands only that person's exit"),
    _column("compared", Boolean(), "the core needs everybody's answer to this question"),
    _column("restricted", Boolean(), "shown only to the roles of seen_by (0.6)"),
    _column("seen_by", Json(), "roles that may read it, as promised when it was given", empty=True),
    PrimaryKeyConstraint("workspace", "dialogue_id", "question", "respondent"),
    _of("dialogue", "dialogue_id"),
    Index(None, "workspace", "dialogue_id", "respondent"),
    Index(None, "workspace", "dialogue_id", "compared"),
    comment="The current answer of each question and respondent.",
)

answer_past = Table(
    "answer_past",
    metadata,
    _workspace(),
    _column("dialogue_id", String(32), "the dialogue"),
    _column("question", String(16), "id of the question in the content"),
    _column("respondent", String(32), "Slack user id; empty for a shared question"),
    _column("version", Integer(), "the version it had, or would have replaced"),
    _column("author", String(32), "Slack user who wrote it"),
    _column("fate", String(8), "replaced: was current once; refused: lost to a colleague's answer"),
    _column("value", Json(), "the answer", empty=True),
    _column("exit", String(8), "the exit, instead of an answer", empty=True),
    _column("at", Instant(), "when it was accepted, or refused, UTC"),
    _column("restricted", Boolean(), "as in answer"),
    _column("seen_by", Json(), "as in answer", empty=True),
    PrimaryKeyConstraint("workspace", "dialogue_id", "question", "respondent", "version", "author", "fate"),
    _of("dialogue", "dialogue_id"),
    comment="What answers said before, and both texts of a conflict. Never changed.",
)

record = Table(
    "record",
    metadata,
    _workspace(),
    _column("project_id", String(32), "the project"),
    _column("prefix", String(8), "DEC, ISS, RSK … (0.1)"),
    _column("number", Integer(), "1, 2, 3 … per project and prefix; never given twice"),
    _column("kind", String(16), "decision, issue, risk … (RecordKind)"),
    _column("title_en", Plain(), "title in English"),
    _column("title_fr", Plain(), "title in French"),
    _column("owner", String(32), "Slack user who sees to it", empty=True),
    _column("due", Date(), "when it should be done", empty=True),
    _column("status", String(16), "by kind (0.7); withdrawn: its source no longer gives it"),
    _column("given_status", String(16), "the status its source last gave, to notice changes by hand"),
    _column("restricted", Boolean(), "shown only to sponsor, HR, lead and facilitator (0.6)"),
    _column("fields", Json(), "the fields of its kind (0.7)"),
    _column("source_dialogue", String(32), "dialogue it comes from; empty: by hand"),
    _column("source_question", String(16), "question it comes from; empty: by hand"),
    _column("source_respondent", String(32), "respondent it comes from; empty: shared or none"),
    _column("source_item", String(128), "tells apart the records of one source"),
    _column("asked_by", Integer(), "how many answered 'I don't know'; never who"),
    _column("created_at", Instant(), "when it was first recorded, UTC"),
    _column("changed_at", Instant(), "when it last changed, UTC"),
    PrimaryKeyConstraint("workspace", "project_id", "prefix", "number"),
    _of("project", "project_id"),
    Index("ix_record_source", "workspace", "source_dialogue", "source_question", "source_respondent"),
    Index(None, "workspace", "owner"),
    comment="What is quoted by number: decisions, issues, risks, goals … Never deleted.",
)

counter = Table(
    "counter",
    metadata,
    _workspace(),
    _column("project_id", String(32), "the project"),
    _column("prefix", String(8), "DEC, ISS, RSK …"),
    _column("last", Integer(), "the last number given"),
    PrimaryKeyConstraint("workspace", "project_id", "prefix"),
    _of("project", "project_id"),
    comment="Numbers of records; a number is never used again.",
)

note = Table(
    "note",
    metadata,
    _workspace(),
    _column("project_id", String(32), "the project"),
    _column("version", Integer(), "1, 2, 3 … of its scoping note"),
    _column("made_by", String(32), "Slack user who asked for it"),
    _column("made_at", Instant(), "when, UTC: what has changed since is told in the next one"),
    PrimaryKeyConstraint("workspace", "project_id", "version"),
    _of("project", "project_id"),
    comment="Versions of the scoping note. The text is made from the answers of the moment.",
)

card = Table(
    "card",
    metadata,
    _workspace(),
    _column("kind", String(32), "what the card shows: dialogue, invitation, leader …"),
    _column("object_id", String(64), "id of what it shows"),
    _column("audience", String(32), "user or channel it was made for; empty: the project channel"),
    _column("channel", String(32), "Slack channel of the message"),
    _column("ts", String(32), "Slack timestamp of the message"),
    PrimaryKeyConstraint("workspace", "kind", "object_id", "audience"),
    comment="Where each card stands in Slack, so that it is updated and not posted again.",
)

memo = Table(
    "memo",
    metadata,
    _workspace(),
    _column("user", String(32), "Slack user it is about; empty: nobody in particular"),
    _column("name", String(96), "what it is: project, quiet:<project>, nudged:<dialogue> …"),
    _column("value", Json(), "the choice or the moment; never an answer"),
    PrimaryKeyConstraint("workspace", "user", "name"),
    comment="Small things the surfaces keep: a person's choices, when somebody was last nudged.",
)

inbox = Table(
    "inbox",
    metadata,
    _workspace(),
    _column("key", String(160), "identity of the delivery: ev:…, form:…, cmd:…"),
    _column("kind", String(16), "event, form, command …"),
    _column("at", Instant(), "when it was first taken, UTC"),
    _column("result", Json(), "the answer a repeated form gets again", empty=True),
    PrimaryKeyConstraint("workspace", "key"),
    Index(None, "at"),
    comment="What has been taken already, for 7 days. Holds no payload.",
)

#: The order of the outbox. A refreshed row goes to the end of its lane, so it needs a new place.
outbox_place = Sequence("outbox_place", metadata=metadata)

outbox = Table(
    "outbox",
    metadata,
    Column(
        "id",
        BigInteger().with_variant(Integer(), "sqlite"),
        primary_key=True,
        autoincrement=True,
        comment="identity",
    ),
    _workspace(),
    _column("key", String(160), "deterministic: what is queued twice is sent once"),
    _column("lane", String(64), "what is sent in order: a channel, a thread, a person"),
    _column("place", BigInteger(), "order within the lane"),
    _column("op", String(8), "card, post, dm, home or file"),
    _column("ref", Json(), "what to render from: ids, never the text"),
    _column("state", String(12), "ready, ambiguous (look up first), sent, parked or superseded"),
    _column("generation", Integer(), "grows at each refresh that is asked for"),
    _column("claimed_generation", Integer(), "the generation being delivered"),
    _column("attempts", Integer(), "tries that count"),
    _column("queued_at", Instant(), "when it was queued, UTC"),
    _column("not_before", Instant(), "earliest next try, UTC"),
    _column("first_try", Instant(), "when it was first claimed, UTC", empty=True),
    _column("lease_by", String(64), "worker that holds it", empty=True),
    _column("lease_until", Instant(), "end of the lease, by the database's clock, UTC", empty=True),
    _column("done_at", Instant(), "when it was sent, parked or superseded, UTC", empty=True),
    _column("remote_id", String(64), "timestamp or id Slack gave", empty=True),
    _column("error", Text(), "why the last try failed; never user text", empty=True),
    Index("uq_outbox_key", "workspace", "key", unique=True),
    Index("ix_outbox_lane", "workspace", "lane", "place", sqlite_where=_WAITING, postgresql_where=_WAITING),
    Index("ix_outbox_place", "place", sqlite_where=_WAITING, postgresql_where=_WAITING),
    Index("ix_outbox_done_at", "done_at"),
    sqlite_autoincrement=True,
    comment="What is to be said to Slack, written with the change that caused it.",
)

lane = Table(
    "lane",
    metadata,
    _workspace(),
    _column("lane", String(64), "as in outbox"),
    _column("free_at", Instant(), "earliest next message in this lane, UTC"),
    PrimaryKeyConstraint("workspace", "lane"),
    comment="Pacing: about one message a second in each lane.",
)

gate = Table(
    "gate",
    metadata,
    _workspace(),
    _column("op", String(64), "operation of the outbox; * for all of the workspace"),
    _column(
        "closed_until", Instant(), "when it opens again, UTC; null: when somebody resumes it", empty=True
    ),
    _column("reason", String(64), "the method that was throttled, or why the workspace is paused"),
    PrimaryKeyConstraint("workspace", "op"),
    comment="What Slack has asked us to hold back, shared by all replicas.",
)

schedule = Table(
    "schedule",
    metadata,
    _workspace(),
    _column("id", String(128), "deterministic: what is planned twice is planned once"),
    _column("kind", String(32), "names the handler"),
    _column("zone", String(64), "IANA time zone the rule is meant in"),
    _column("rule", Json(), "recurrence; null: once", empty=True),
    _column("data", Json(), "ids the handler needs"),
    _column("next_due", Instant(), "when it is due, UTC; null: no more", empty=True),
    _column("held_until", Instant(), "not before this, UTC, after its handler failed", empty=True),
    _column("fired_at", Instant(), "when an occurrence was last taken, UTC", empty=True),
    _column("version", Integer(), "grows at each change"),
    _column("late_limit_s", Integer(), "seconds after which a missed occurrence is skipped"),
    _column("skipped", Integer(), "occurrences skipped because they were too late"),
    PrimaryKeyConstraint("workspace", "id"),
    Index("ix_schedule_next_due", "next_due"),
    comment="What is due when.",
)

occurrence = Table(
    "occurrence",
    metadata,
    _workspace(),
    _column("schedule_id", String(128), "the schedule"),
    _column("period", String(32), "local date, hour or week it stands for"),
    _column("fired_at", Instant(), "when it was taken, UTC"),
    _column("late", Boolean(), "too late to be useful: skipped and counted"),
    _column("covered", Json(), "due times it stands for: first and last (ISO, UTC), and how many"),
    PrimaryKeyConstraint("workspace", "schedule_id", "period"),
    Index(None, "fired_at"),
    comment="At most one per schedule and local period, whatever the replicas.",
)

mark = Table(
    "mark",
    metadata,
    _column("name", String(32), "what is remembered: restored_at …"),
    _column("at", Instant(), "the moment, UTC"),
    PrimaryKeyConstraint("name"),
    CheckConstraint("name <> ''", name="named"),
    comment="Moments of the whole installation. Belongs to no workspace.",
)
