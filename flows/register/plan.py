"""What obstacles, lots and tasks (D12) record: risks, assumptions, lots, tasks, a date that is fixed."""

from flows.dates import short_date
from flows.dialogue.effects import Draft
from flows.register.said import Said, Setting, day, decision, filled, in_title, risk
from flows.register.tasks import links
from flows.words import Words


def risks(said: Said) -> tuple[Draft | Setting, ...]:
    """PLA02: the risks that are kept."""
    drafts = []
    for row in said.value or ():
        more = {k: row.get(k) for k in ("sign", "response", "owner")}
        drafts.append(
            risk(
                row["id"], in_title(row["cause"]), family=int(row["family"]),
                likelihood=row["likelihood"], impact=row["impact"], cause=row["cause"], **more,
            )
        )  # fmt: skip
    return tuple(drafts)


def assumptions(said: Said) -> tuple[Draft | Setting, ...]:
    """PLA03: what must be true, and how it is tested."""
    return tuple(
        Draft(
            kind="assumption", item=row["id"], title=in_title(row["statement"]), owner=row.get("owner"),
            due=day(row.get("due")), status="untested", fields=filled(row),
        )
        for row in said.value or ()
    )  # fmt: skip


def lots(said: Said) -> tuple[Draft | Setting, ...]:
    """PLA04: the lots, and the decision on how the project is divided."""
    drafts = [
        Draft(
            kind="lot", item=row["id"], title=in_title(row["name"]), due=day(row["end"]), fields=filled(row)
        )
        for row in said.value or ()
    ]  # fmt: skip
    if not drafts:
        return ()
    title = Words("The project is divided into lots: {n}", "Le projet est découpé en lots : {n}")
    return (*drafts, decision(said, title.fill(n=len(drafts)), "accepted", method="facilitator form"))


def tasks(said: Said) -> tuple[Draft | Setting, ...]:
    """PLA05: the key tasks; `after_items` names the rows each one waits for."""
    rows = said.value or []
    after = links(rows, said.dialogue.register.get("task", ())).after
    return tuple(
        Draft(
            kind="task", item=row["id"], title=in_title(row["task"]), owner=row.get("owner"),
            fields={**filled(row), "after_items": [rows[index]["id"] for index in before]},
        )
        for row, before in zip(rows, after, strict=True)
    )  # fmt: skip


def fixed_date(said: Said) -> tuple[Draft | Setting, ...]:
    """PLA08: a date that cannot move, with its reason once it is given."""
    due = day(said.value)
    if due is None:
        return ()
    reason = said.follow("a")
    title = Words("{date} cannot move", "Le {date} ne peut pas bouger")
    if reason is not None:
        title = Words("{date} cannot move: {why}", "Le {date} ne peut pas bouger : {why}").fill(
            why=in_title(reason)
        )
    fields = {"reason": reason, "by": said.dialogue.person}
    dated = title.fill(date=short_date(due))
    return (Draft(kind="constraint", item=said.question.id, title=dated, due=due, fields=fields),)
