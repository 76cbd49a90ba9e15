"""Evidence for tests, said in few words: `made(forms={"SET08": "it"}, named={"OBJ08": [5, 2, 2]})`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flows.diagnosis.evidence import (
    Annex,
    Anonymous,
    Evidence,
    Facts,
    Form,
    Named,
    Respondent,
    ScaleTally,
)

TODAY = date(2026, 2, 16)
#: A sponsor and a team that covers the chain.
PEOPLE = (
    Respondent(user="p1", role="sponsor", function="management"),
    Respondent(user="p2", role="lead", function="sales"),
    Respondent(user="p3", role="member", function="marketing"),
    Respondent(user="p4", role="member", function="service"),
    Respondent(user="p5", role="member", function="it"),
)
IDK = Form(unknown=True)
SILENT = Form()
#: What keeps R37 and R56 quiet: a coach and an arbiter.
SETTLED = {"SET12": "p1", "SET16": "coach"}


def made(
    *,
    forms: Mapping[str, Any] | None = None,
    named: Mapping[str, Any] | None = None,
    anonymous: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    **parts: Any,
) -> Evidence:
    """Evidence in which everything else has not been sent. `forms`: values; `named`: the answers of p1,
    p2 … (None: silent) or a `Named`; `anonymous`: mean times 5 of five ballots, or what was kept."""
    given = {**SETTLED, **(forms or {})}
    fields = {
        "today": TODAY,
        "people": PEOPLE,
        "forms": {id: value if isinstance(value, Form) else Form(value=value) for id, value in given.items()},
        "named": {id: asked(value) for id, value in (named or {}).items()},
        "anonymous": {id: tallied(value) for id, value in (anonymous or {}).items()},
        "facts": Facts(**(facts or {})),
        **parts,
    }
    return Evidence(**fields)


def asked(value: Any) -> Named:
    """p1, p2 … and what each has answered."""
    if isinstance(value, Named):
        return value
    users = [f"p{n}" for n in range(1, len(value) + 1)]
    answers = {user: v for user, v in zip(users, value, strict=True) if v is not None}
    return Named(expected=tuple(users), answers=answers)


def tallied(value: Any) -> Anonymous:
    """The sum of five answers, or a tally as it is."""
    return ScaleTally(invited=5, n=5, total=value) if isinstance(value, int) else value


def annex(choice: str | None, *, whole: bool = False) -> Annex:
    """A supporting project; `whole`: with owner, date and reason."""
    return Annex(choice=choice, owner="p2" if whole else None, due=TODAY if whole else None, reason=whole)
