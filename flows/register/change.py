"""What culture, pay and the change plan (D06, D08, D09) record: risks, decisions, open points."""

from flows.dialogue.effects import Draft
from flows.dialogue.who import holder
from flows.register.said import Said, Setting, decision, filled, in_title, issue, risk
from flows.words import Words

ORGANISATION, PEOPLE = 2, 3


def rejection_risks(said: Said) -> tuple[Draft | Setting, ...]:
    """COL12: risks of rejection, by function and never by person."""
    drafts = []
    for row in said.value or ():
        more = {k: v for k, v in filled(row).items() if k in ("function", "mechanism", "response", "owner")}
        drafts.append(
            risk(
                row["id"], in_title(row["risk"]), family=ORGANISATION, likelihood=row["likelihood"],
                impact=row["impact"], **more,
            )
        )  # fmt: skip
    return tuple(drafts)


def pay_revision(said: Said) -> tuple[Draft | Setting, ...]:
    """INC03: a decision once scheduled; an open point for the sponsor when it was never discussed."""
    if said.value == "scheduled":
        title = Words("The revision of pay is scheduled", "La révision de la rémunération est planifiée")
        return (decision(said, title, "accepted", by=holder(said.dialogue, "sponsor")),)
    if said.value == "not_discussed":
        title = Words("Discuss the revision of pay", "Aborder la révision de la rémunération")
        return (issue(said, "pay", title, "sponsor", family=PEOPLE),)
    return ()


def income_guarantee(said: Said) -> tuple[Draft | Setting, ...]:
    """INC05: a decision when variable pay is guaranteed; for how many months is said in INC06."""
    if said.value != "yes":
        return ()
    title = Words(
        "Nobody’s variable pay falls because of the new tool",
        "Le nouvel outil ne fait baisser la part variable de personne",
    )
    months = said.beside("INC06")
    return (decision(said, title, "accepted", months=months),)


def fairness(said: Said) -> tuple[Draft | Setting, ...]:
    """INC07: an open point for HR wherever a group gives and receives nothing."""
    title = Words("What does {giver} receive from {taker}?", "Que reçoit {giver} de la part de {taker} ?")
    return tuple(
        issue(
            said, row["id"], title.fill(giver=in_title(row["giver"]), taker=in_title(row["taker"])), "hr",
            family=PEOPLE,
        )
        for row in said.value or () if not row.get("return")
    )  # fmt: skip


def charter(said: Said) -> tuple[Draft | Setting, ...]:
    """CHG05: a decision once the charter is signed, by the sponsor, and published."""
    if said.value != "signed":
        return ()
    title = Words("The data-use charter is signed and published", "La charte d’usage est signée et publiée")
    return (decision(said, title, "accepted"),)
