"""What the inventory of data and interfaces (D10) records."""

from flows.dialogue.effects import Draft
from flows.register.said import Said, Setting, filled, in_title, issue
from flows.words import Words

SOLUTION = 1
#: How vital a link is from which not knowing whether it can be connected is an open point (DAT05).
VITAL = 4


def data_domains(said: Said) -> tuple[Draft | Setting, ...]:
    """DAT01: a kind of data a line, and an open point where it has no owner."""
    drafts: list[Draft] = []
    nobody = Words("Who owns these data: {what}?", "Qui est responsable de ces données : {what} ?")
    for row in said.value or ():
        title = Words("{what} ({where})", "{what} ({where})").fill(
            what=said.cell("domain", row["domain"]), where=in_title(row["source"])
        )
        owner = row.get("owner")
        drafts.append(Draft(kind="domain", item=row["id"], title=title, owner=owner, fields=filled(row)))
        if not owner:
            drafts.append(issue(said, f"owner-{row['id']}", nobody.fill(what=title), "data", family=SOLUTION))
    return tuple(drafts)


def data_to_collect(said: Said) -> tuple[Draft | Setting, ...]:
    """DAT03: data to come, and an open point where nothing is said to allow collecting it."""
    drafts: list[Draft] = []
    basis = Words("What allows us to collect: {what}?", "Qu’est-ce qui autorise à recueillir : {what} ?")
    for row in said.value or ():
        title = in_title(row["data"])
        fields = {**filled(row), "future": True}
        drafts.append(Draft(kind="domain", item=row["id"], title=title, fields=fields))
        if not row.get("basis"):
            drafts.append(issue(said, f"basis-{row['id']}", basis.fill(what=title), "data", family=SOLUTION))
    return tuple(drafts)


def interfaces(said: Said) -> tuple[Draft | Setting, ...]:
    """DAT05: a link a line, and an open point where a vital one may not be possible."""
    drafts: list[Draft] = []
    unknown = Words("Can “{system}” be connected?", "Peut-on connecter « {system} » ?")
    for row in said.value or ():
        system, owner = in_title(row["system"]), row.get("owner")
        drafts.append(Draft(kind="interface", item=row["id"], title=system, owner=owner, fields=filled(row)))
        if row["api"] == "unknown" and row["critical"] >= VITAL:
            title = unknown.fill(system=system)
            drafts.append(issue(said, f"api-{row['id']}", title, "it", family=SOLUTION))
    return tuple(drafts)
