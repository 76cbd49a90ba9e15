"""What the processes (D04) record: gaps, and the risks that people foresee with them."""

from flows.dialogue.effects import Draft
from flows.register.said import Said, Setting, filled, in_title, risk

#: The severity that means there is no gap.
NO_GAP = 1
#: How likely a risk is before anybody has looked at it (PRO02).
UNKNOWN_LIKELIHOOD = 3
ORGANISATION = 2


def gaps(said: Said) -> tuple[Draft | Setting, ...]:
    """PRO02: a gap a step, unless its severity says there is none, and a proposed risk where one is
    foreseen."""
    drafts: list[Draft] = []
    for row in said.value or ():
        if row["severity"] > NO_GAP:
            fields = {**filled(row), "area": said.beside("PRO01"), "by": said.dialogue.person}
            title = in_title(row.get("gap") or row["step"])
            drafts.append(
                Draft(kind="gap", item=row["id"], title=title, owner=row.get("owner"), fields=fields)
            )
        if row.get("risk"):
            drafts.append(
                risk(
                    row["id"], in_title(row["risk"]), family=ORGANISATION, likelihood=UNKNOWN_LIKELIHOOD,
                    impact=row["severity"], owner=row.get("owner"), status="proposed",
                )
            )  # fmt: skip
    return tuple(drafts)
