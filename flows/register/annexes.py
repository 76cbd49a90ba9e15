"""What the supporting projects (D05) record: one for each topic that is decided, open points else."""

from flows.dialogue.effects import Draft
from flows.register.said import Recording, Said, Setting, day, in_title, issue
from flows.words import Words

ORGANISATION = 2
#: The state of a supporting project by the choice made about it; "unknown" makes none.
STATE = {"needed": "open", "later": "later", "not_needed": "not_needed"}
TO_DECIDE = Words(
    "Decide whether this project is needed: {what}", "Décider si ce chantier est nécessaire : {what}"
)


def annex(topic: str) -> Recording:
    """ANX01 to ANX06 with their follow-ups: owner (a), date (b), lot held up (c), weight (d), reason
    (e). An open point for the one who can tell when the team cannot."""

    def record(said: Said) -> tuple[Draft | Setting, ...]:
        if said.value is None:
            return ()
        if said.value == "unknown":
            title = TO_DECIDE.fill(what=said.question.short)
            role = said.question.idk_owner or "lead"
            return (issue(said, topic, title, role, family=ORGANISATION),)
        fields = {"topic": topic, "choice": said.value}
        if said.value == "not_needed":
            fields["reason"] = said.follow("e")
            kept = Draft(
                kind="annex", item=topic, title=said.question.short, status=STATE[said.value], fields=fields
            )
            return (kept,)
        fields |= {"blocks": said.follow("c"), "weight": said.follow("d")}
        kept = Draft(
            kind="annex", item=topic, title=said.question.short, owner=said.follow("a"),
            due=day(said.follow("b")), status=STATE[said.value], fields=fields,
        )  # fmt: skip
        return (kept,)

    return record


def others(said: Said) -> tuple[Draft | Setting, ...]:
    """ANX07: projects of this company's own."""
    return tuple(
        Draft(
            kind="annex", item=row["id"], title=in_title(row["title"]), owner=row.get("owner"),
            due=day(row.get("due")), fields={"topic": "other", "choice": "needed"},
        )
        for row in said.value or ()
    )  # fmt: skip
