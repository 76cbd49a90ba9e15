"""A project with a great deal in its registers, by hand: so many times what the worked example has."""

from datetime import date, datetime, timedelta
from typing import Any

from flows.dialogue.effects import Draft
from flows.words import Words
from storage import life
from storage.database import Connection

TEXT = "As a salesperson, see every cabinet of a site, with its last visit, before I go in, and not after"
WHY = "not to find out about a breakdown in front of the customer, who told us a week ago"
PLACES, SIZES = "MMMSSCCW", (1, 3, 5, 8)
#: How many of each the worked example has, more or less.
EXAMPLE = {"need": 11, "risk": 6, "task": 6, "lot": 2, "decision": 12, "issue": 25, "action": 4, "gap": 4}


def fill(  # noqa: PLR0913 - whose, when, and how much
    conn: Connection, /, *, workspace: str, project: str, by: str, now: datetime, times: int = 1, **many: int
) -> None:
    """`times` what the example has of each kind; `many`: another number of a kind, as in `need=500`."""
    for kind, n in {**{kind: n * times for kind, n in EXAMPLE.items()}, **many}.items():
        for number in range(n):
            life.make(
                conn, workspace=workspace, project_id=project, by=by, now=now,
                draft=_draft(kind, number, now.date(), by),
            )  # fmt: skip


def _draft(kind: Any, n: int, today: date, owner: str) -> Draft:
    fields: dict[str, dict[str, Any]] = {
        "need": {"priority": PLACES[n % 8], "effort": SIZES[n % 4], "why": WHY, "function": "sales",
                 "must_reason": WHY},
        "risk": {"likelihood": 1 + n % 5, "impact": 1 + n // 5 % 5, "score": (1 + n % 5) * (1 + n // 5 % 5),
                 "family": 1 + n % 4, "sign": WHY, "response": WHY},
        "task": {"weeks": 1 + n % 4},
        "lot": {"start": (today + timedelta(days=7 * n)).isoformat(), "benefit": WHY, "groups": "Sales",
                "exit": WHY},
        "gap": {"area": "sales", "severity": 1 + n % 5, "target": WHY},
    }  # fmt: skip
    due = today + timedelta(days=30 + 10 * n)
    return Draft(kind=kind, item=f"{kind}{n}", title=Words.same(f"{TEXT} ({n})"), owner=owner, due=due,
                 fields=fields.get(kind, {}))  # fmt: skip
