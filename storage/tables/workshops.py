"""The tables of workshops: where each stands, who is in it, cards, held votes, results. Holds no query.

A vote stands in `workshop_vote` until its ballot is revealed, and then nowhere: of a ballot that is over only
counts are kept. Nothing here holds a count before.
"""

from sqlalchemy import Boolean, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json, Plain
from storage.tables.schema import column, metadata, of, workspace

workshop = Table(
    "workshop",
    metadata,
    workspace(),
    column("id", String(32), "random 128-bit id, hexadecimal"),
    column("project_id", String(32), "the project"),
    column("number", Integer(), "1, 2, 3 … per project"),
    column("script", String(8), "W01 to W12"),
    column("mode", String(8), "live or async"),
    column("state", String(12), "planned, open, paused, ended or cancelled"),
    column("facilitator", String(32), "Slack user who facilitates now"),
    column("channel", String(32), "Slack channel of its card"),
    column("planned_by", String(32), "Slack user who planned it"),
    column("planned_for", Instant(), "when it is to begin, UTC; null: not said", empty=True),
    column("about", String(24), "the record it is about: VND-2; empty: none"),
    column("plays", Json(), "numbers of the steps it plays; empty: all"),
    column("step", Integer(), "number of the step it stands at; 0: not begun"),
    column("phase", String(12), "of the step: preparing, open, between or shown; empty: none"),
    column("move", Integer(), "counts what has happened to its course"),
    column("began", Instant(), "when the phase began, UTC", empty=True),
    column("due", Instant(), "when the phase ends, UTC; null: not by the clock", empty=True),
    column("left", Integer(), "seconds to go while it is paused"),
    column("ballot", Json(), "what is voted on, without votes; null: nothing", empty=True),
    column("speaker", String(32), "Slack user whose turn it is in a round; empty: nobody's"),
    column("pairs", Json(), "Slack users who write together in this step"),
    column("opened_at", Instant(), "when it began, UTC; null: not yet", empty=True),
    column("ended_at", Instant(), "when it ended, UTC; null: not yet", empty=True),
    column("trail", Json(), "who steered what when; no contribution, no vote"),
    column("version", Integer(), "counts every change"),
    PrimaryKeyConstraint("workspace", "id"),
    of("project", "project_id"),
    Index(None, "workspace", "project_id", "state"),
    comment="Workshops (4.), planned, under way and over.",
)

workshop_person = Table(
    "workshop_person",
    metadata,
    workspace(),
    column("workshop_id", String(32), "the workshop"),
    column("user", String(32), "Slack user"),
    column("place", Integer(), "1, 2, 3 … in the order in which they were invited"),
    column("function", String(16), "department; empty: not known"),
    column("vote", Boolean(), "team and sponsor"),
    column("counted", Boolean(), "belongs to those of whom 60 % must be there"),
    column("arbiter", Boolean(), "arbiter, or stands in for them"),
    column("sponsor", Boolean(), "the sponsor"),
    column("guest", Boolean(), "a vendor or visitor: reads no card, sees no ballot"),
    column("steps", Json(), "numbers of the steps they take part in; empty: all"),
    column("seat", String(8), "invited, coming, cannot, here or left"),
    column("answered", Integer(), "what is open now and they have answered; 0 again once it closes"),
    PrimaryKeyConstraint("workspace", "workshop_id", "user"),
    of("workshop", "workshop_id"),
    Index(None, "workspace", "user"),
    comment="Who is in a workshop. Says who is waited for, never what anybody said.",
)

workshop_card = Table(
    "workshop_card",
    metadata,
    workspace(),
    column("workshop_id", String(32), "the workshop"),
    column("id", String(32), "random, so that the order of cards tells nothing"),
    column("step", Integer(), "number of the step"),
    column("kind", String(12), "idea, note, row, to_three, decision, parked or pleased"),
    column("text", Plain(), "as it was typed"),
    column("fields", Json(), "of a row: what stands in each column"),
    column("author", String(32), "Slack user, until the step closes; empty: not kept"),
    column("signed", Boolean(), "the author wants their name to stand there"),
    column("into", String(32), "id of the card it was merged into; empty: none"),
    column("ref", String(24), "the record it has become: RSK-3; empty: none"),
    PrimaryKeyConstraint("workspace", "workshop_id", "id"),
    of("workshop", "workshop_id"),
    comment="What people put on the table.",
)

workshop_vote = Table(
    "workshop_vote",
    metadata,
    workspace(),
    column("workshop_id", String(32), "the workshop"),
    column("ballot", Integer(), "number of the ballot, which is open"),
    column("user", String(32), "Slack user"),
    column("choices", Json(), "what they chose, by item; {}: an abstention"),
    column("why", Json(), "their reasons, by item"),
    column("signed", Boolean(), "they want their name beside their choices"),
    PrimaryKeyConstraint("workspace", "workshop_id", "ballot", "user"),
    of("workshop", "workshop_id"),
    comment="Votes of ballots that are open. Deleted when the ballot is revealed, in the same transaction.",
)

workshop_result = Table(
    "workshop_result",
    metadata,
    workspace(),
    column("workshop_id", String(32), "the workshop"),
    column("number", Integer(), "of the ballot, unique in its workshop"),
    column("step", Integer(), "number of the step"),
    column("kind", String(12), "dots, fist, grid, sizes, points, moscow, choice, sliders, levels or ranking"),
    column("attempt", Integer(), "1, or 2 for a second vote or run-off"),
    column("voters", Integer(), "how many could vote"),
    column("n", Integer(), "how many did"),
    column("abstained", Integer(), "how many abstained"),
    column("indicative", Boolean(), "without quorum: not decided, to be replayed"),
    column("verdict", String(8), "settled, again, failed or empty"),
    column("lines", Json(), "what came of each item: distribution, figures, unsigned reasons"),
    column("signed", Json(), "choices of those who wished to sign, by Slack user"),
    PrimaryKeyConstraint("workspace", "workshop_id", "number"),
    of("workshop", "workshop_id"),
    comment="Revealed ballots: counts, and no vote.",
)
