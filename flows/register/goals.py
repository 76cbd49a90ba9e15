"""What the goals (D02) record: goals, the commitment to them, reservations."""

from datetime import date

from flows.dialogue.checks import all_commit
from flows.dialogue.effects import Draft
from flows.dialogue.who import owner
from flows.register.said import Recording, Said, Setting, decision, in_title
from flows.words import Words


def stakes(level: str) -> Recording:
    """OBJ02, OBJ03: a goal a line, and an issue where a strategic goal lacks today's value."""

    def record(said: Said) -> tuple[Draft | Setting, ...]:
        drafts: list[Draft] = []
        title = Words("Today’s value to be found out: {goal}", "Valeur actuelle à éclaircir : {goal}")
        columns = ("statement", "function", "indicator", "baseline", "target")
        for row in said.value or ():
            fields = {k: row[k] for k in columns if row.get(k)}
            due = date.fromisoformat(row["due"]) if row.get("due") else None
            goal = in_title(row["statement"])
            fields["level"] = level
            drafts.append(Draft(kind="stake", item=row["id"], title=goal, due=due, fields=fields))
            if level == "strategic" and not row.get("baseline"):
                drafts.append(
                    Draft(
                        kind="issue", item=f"baseline-{row['id']}", title=title.fill(goal=goal),
                        owner=owner(said.dialogue, "lead"), due=said.due,
                        fields={"family": 2, "blocking": False},
                    )
                )  # fmt: skip
        return tuple(drafts)

    return record


def goals_committed(said: Said) -> tuple[Draft | Setting, ...]:
    """OBJ09: a decision once committed; proposed again as soon as somebody no longer commits."""
    if said.value != "committed":
        return ()
    status = "accepted" if all_commit(said.dialogue) else "proposed"
    title = Words(
        "Goals discussed, and the team is committed", "Objectifs discutés, et l’équipe s’est engagée"
    )
    return (decision(said, title, status, method="facilitator form"),)


def reservation(said: Said) -> tuple[Draft | Setting, ...]:
    """OBJ11a: the reservation, or the reason for "not yet", as an open point for the lead."""
    if said.value is None:
        return ()
    title = Words("Reservation on the goals: {text}", "Réserve sur les objectifs : {text}")
    draft = Draft(
        kind="issue", item="reservation", title=title.fill(text=in_title(said.value)),
        owner=owner(said.dialogue, "lead"), due=said.due,
        fields={"family": 2, "blocking": False, "detail": said.value, "by": said.dialogue.person},
    )  # fmt: skip
    return (draft,)
