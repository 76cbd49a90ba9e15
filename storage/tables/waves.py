"""The tables of anonymous waves and of the neutral coach. Holds no query.

What is not here is the point (5.3 rule 6): no row per ballot, no moment, no order, no count before
closing, nothing that ties two answers, or an answer and a person. `ballot_ledger` has no row number
of its own on SQLite, where that would be the order of the ballots; nothing here is ever numbered.
"""

from sqlalchemy import Date, Index, Integer, LargeBinary, PrimaryKeyConstraint, String, Table, text

from storage.columns import Json, Plain
from storage.tables.schema import column, metadata, of, workspace

wave = Table(
    "wave",
    metadata,
    workspace(),
    column("id", String(32), "random 128-bit id, hexadecimal"),
    column("project_id", String(32), "the project"),
    column("what", String(32), "id of the wave in the content: D06, C01, steering_support"),
    column("opened_by", String(32), "Slack user who sent it"),
    column("opened_on", Date(), "day it was sent, in the project's zone"),
    column("closes_on", Date(), "last day to answer, announced from the start"),
    column("threshold", Integer(), "ballots and answers below which nothing exists: 5 or more"),
    column("asked", Json(), "the questions as they are asked, with how many people each is for"),
    column("key_mark", String(16), "tells whether the key of the server is the one of its box"),
    column("status", String(8), "open or closed"),
    column("outcome", String(8), "kept, few (destroyed unread) or lost (another key)", empty=True),
    column("closed_on", Date(), "day it closed, in the project's zone", empty=True),
    column(
        "lots", Json(), "numbers of the lots whose users it was asked of; null: asked of the team", empty=True
    ),
    PrimaryKeyConstraint("workspace", "id"),
    of("project", "project_id"),
    Index(None, "workspace", "project_id"),
    Index(
        "uq_wave_open",
        "workspace",
        "project_id",
        "what",
        unique=True,
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
    comment="One anonymous consultation of one group. Never reopened.",
)

wave_invited = Table(
    "wave_invited",
    metadata,
    workspace(),
    column("wave_id", String(32), "the wave"),
    column("user", String(32), "Slack user who is invited"),
    column("part", String(16), "function whose tally an answer is added to; empty: only the total"),
    PrimaryKeyConstraint("workspace", "wave_id", "user"),
    of("wave", "wave_id"),
    Index(None, "workspace", "user"),
    comment="Who is invited, fixed when the wave opens. The only row a person has here; it has no state.",
)

ballot_ledger = Table(
    "ballot_ledger",
    metadata,
    workspace(),
    column("wave_id", String(32), "the wave"),
    column("mark", LargeBinary(), "HMAC of a user id under a key of this wave; prevents a second ballot"),
    PrimaryKeyConstraint("workspace", "wave_id", "mark"),
    of("wave", "wave_id"),
    sqlite_with_rowid=False,
    comment="Marks of those who have voted, in no order. Counted once, at closing, then deleted.",
)

ballot_box = Table(
    "ballot_box",
    metadata,
    workspace(),
    column("wave_id", String(32), "the wave"),
    column("sealed", LargeBinary(), "all totals and comments, encrypted, always of the same length"),
    PrimaryKeyConstraint("workspace", "wave_id"),
    of("wave", "wave_id"),
    comment="The one sealed box of a wave, rewritten by each ballot. Deleted at closing.",
)

wave_result = Table(
    "wave_result",
    metadata,
    workspace(),
    column("wave_id", String(32), "the wave"),
    column("question", String(32), "id of the question in the content"),
    column("n", Integer(), "number of answers, 5 or more"),
    column("kept", Json(), "what rule 6 lists for its kind, and nothing finer"),
    PrimaryKeyConstraint("workspace", "wave_id", "question"),
    of("wave", "wave_id"),
    comment="What is kept of each question that reached enough answers.",
)

wave_comment = Table(
    "wave_comment",
    metadata,
    workspace(),
    column("wave_id", String(32), "the wave"),
    column("question", String(32), "id of the question in the content"),
    column("sealed", LargeBinary(), "all texts for the coach, shuffled, encrypted, padded"),
    column("until", Date(), "day on which they are deleted"),
    PrimaryKeyConstraint("workspace", "wave_id", "question"),
    of("wave", "wave_id"),
    comment="Texts their authors meant for the coach alone. Those that may be quoted are in wave_result.",
)

coach_request = Table(
    "coach_request",
    metadata,
    workspace(),
    column("id", String(32), "random 128-bit id, hexadecimal"),
    column("project_id", String(32), "the project"),
    column("sealed", LargeBinary(), "who, when and a word, encrypted for the coach's screen, padded"),
    PrimaryKeyConstraint("workspace", "id"),
    of("project", "project_id"),
    Index(None, "workspace", "project_id"),
    comment="Somebody would like to talk to the coach. Carries no origin and no moment; deleted once met.",
)

coach_month = Table(
    "coach_month",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("month", String(7), "2026-11, of the contact"),
    column("n", Integer(), "contacts made, shown as fewer than 5 up to 4"),
    PrimaryKeyConstraint("workspace", "project_id", "month"),
    of("project", "project_id"),
    comment="All that remains of requests to the coach: how many in a month.",
)

coach_slot = Table(
    "coach_slot",
    metadata,
    workspace(),
    column("wave_id", String(32), "the closed wave after which the coach was asked for them"),
    column("theme", String(16), "desire, ability, worries or trust"),
    column("slots", Json(), "two moments, each day, from, to; null: not said yet", empty=True),
    column("place", Plain(), "where, in the coach's words; empty: not said", empty=True),
    PrimaryKeyConstraint("workspace", "wave_id"),
    of("wave", "wave_id"),
    comment="Two open moments of the coach for a whole group, asked for after two heavy waves (5.4).",
)
