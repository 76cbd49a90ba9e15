"""What vendor discovery (D14) records: sessions, what was shown, what it changes, what worries."""

from flows.dialogue.effects import Amend, Draft
from flows.register.said import Said, Setting, day, filled, in_title, issue, risk
from flows.words import Words

SOLUTION = 1
#: Likelihood and impact of a worry before anybody has looked at it (VEN06).
UNKNOWN = 3
#: What "seen", "claimed", "not shown" and "not available" are worth in the grid (VEN07).
WORTH = {"seen": 3, "claimed": 1, "not_shown": 0, "no": 0}


def sessions(said: Said) -> tuple[Draft | Setting, ...]:
    """VEN01: a session a line. It is held once its attendance is noted (`attendees`, by Amend)."""
    return tuple(
        Draft(
            kind="vendor", item=row["id"], title=in_title(row["vendor"]), due=day(row["date"]),
            fields=filled(row),
        )
        for row in said.value or ()
    )  # fmt: skip


def vendor_grid(said: Said) -> tuple[Draft | Setting, ...]:
    """VEN07: what was shown for each criterion, on the session itself."""
    if said.value is None:
        return (Amend(question=said.question.id, fields={said.ref: {"grid": None}}),)
    grid = {row["criterion"]: {"worth": WORTH[row["level"]], **filled(row)} for row in said.value}
    return (Amend(question=said.question.id, fields={said.ref: {"grid": grid}}),)


def change_proposed(said: Said) -> tuple[Draft | Setting, ...]:
    """VEN05a: what a session changes in needs, priorities or lots, for the facilitator to look at."""
    text = said.beside("VEN05")
    if said.value in (None, "nothing") or text is None:
        return ()
    title = Words("After {ref}, {what}: {text}", "Après {ref}, {what} : {text}")
    shown = title.fill(ref=said.ref, what=_within(said.label(said.value)), text=in_title(text))
    fields = {"detail": text, "changes": said.value, "session": said.ref, "by": said.dialogue.person}
    return (issue(said, "change", shown, "facilitator", family=SOLUTION, **fields),)


def _within(label: Words) -> Words:
    """A label in the middle of a sentence."""
    return Words(*(f"{text[:1].lower()}{text[1:]}" for text in (label.en, label.fr)))


def vendor_worry(said: Said) -> tuple[Draft | Setting, ...]:
    """VEN06: a worry, as a proposed risk."""
    if said.value is None:
        return ()
    found = risk(
        "worry", in_title(said.value), family=SOLUTION, likelihood=UNKNOWN, impact=UNKNOWN,
        status="proposed", session=said.ref, cause=said.value,
    )  # fmt: skip
    return (found,)
