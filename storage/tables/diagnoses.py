"""The table of diagnoses: what each run of it found. Holds no query, and nothing about anybody.

What is kept is what the page of the diagnosis may show: figures of the whole group, with what is
anonymous already rounded, left out or destroyed as 5.3 rule 6 wants. No value of a single answer, no
name but that of the sponsor who overrides.
"""

from sqlalchemy import Double, Integer, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json, Plain
from storage.tables.schema import column, metadata, of, workspace

diagnosis = Table(
    "diagnosis",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("number", Integer(), "1, 2, 3 … of the project's runs"),
    column("at", Instant(), "when it was worked out, UTC"),
    column("cause", String(8), "dialogue or wave: one has closed; weekly; asked: by somebody"),
    column("about", String(32), "the dialogue or wave that has closed (D04); empty: none"),
    column("verdict", String(16), "GO, GO_CONDITIONS, NO_GO or INSUFFICIENT (3.6)"),
    column("kind", String(16), "of a NO_GO: structural, prerequisite or score", empty=True),
    column("readiness", Double(), "0 to 100; null: cannot be said", empty=True),
    column("coverage", Double(), "part of the expected answers that are in, 0 to 1"),
    column("families", Json(), "by family 1 to 4: score, coverage, low, high (3.4)"),
    column("gates", Json(), "by gate: pass, fail, condition or not_assessed (3.5)"),
    column("rules", Json(), "rules that fire, as id and severity (3.7)"),
    column("contested", Json(), "ids of the pairs and items people disagree on (3.4), never who"),
    column("override_reason", Plain(), "why the sponsor goes on in spite of it", empty=True),
    column("override_by", String(32), "the sponsor who overrides (Slack user)", empty=True),
    column("override_at", Instant(), "when it was overridden, UTC", empty=True),
    column("override_ref", String(16), "the decision that says so: DEC-12", empty=True),
    PrimaryKeyConstraint("workspace", "project_id", "number"),
    of("project", "project_id"),
    comment="Each run of the diagnosis. An override changes nothing of what was found.",
)
