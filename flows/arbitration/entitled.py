"""Who settles a case (4.1): the arbiter; the sponsor where the arbiter is a party; then the committee.

A party is whoever has given a position, belongs to a department the case concerns, whose pay or post it
touches, or who says so. Never the facilitator nor the neutral coach (0.2). Knows no names and no screen.
"""

from collections.abc import Collection
from dataclasses import dataclass

from flows.arbitration.model import Case, Seat
from flows.project import Cast, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """Who is to settle it. For the committee, `user` records what it decides; "": nobody is there to."""

    seat: Seat
    user: str


def is_party(cast: Cast, case: Case, user: str) -> bool:
    """Whether the matter is this person's own."""
    return (
        user in case.out
        or user in case.people
        or any(one.author == user and one.state != "declined" for one in case.positions)
        or (cast.function_of(user) or "") in case.functions
    )


def seated(cast: Cast, case: Case, *, gone: Collection[str] = ()) -> Seated:
    """Who settles it. `gone`: those who have left the company."""
    seats: tuple[tuple[Seat, Role], ...] = (("arbiter", "arbiter"), ("sponsor", "sponsor"))
    for seat, role in seats:
        user = cast.holder(role)
        if user and user not in gone and may_settle(cast, case, user):
            return Seated(seat=seat, user=user)
    there = (user for role in RECORDERS if (user := cast.holder(role)) and user not in gone)
    return Seated(seat="committee", user=next(there, ""))


#: Who records both positions, and what the management committee decides.
RECORDERS: tuple[Role, ...] = ("facilitator", "lead")
#: They keep the same distance to everybody: they never settle.
NEUTRAL: tuple[Role, ...] = ("facilitator", "coach")


def may_settle(cast: Cast, case: Case, user: str) -> bool:
    """Whether it may be this person's to settle, in their own name."""
    return not is_party(cast, case, user) and user not in {cast.holder(role) for role in NEUTRAL}
