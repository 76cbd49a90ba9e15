"""Who settles a case (4.1): the arbiter; the sponsor where the arbiter is a party; then the committee.

While one of them is away: their deputy, where it may be the deputy's to settle.

A party is whoever has given a position, belongs to a department the case concerns, whose pay or post it
touches, or who says so. Never the facilitator nor the neutral coach (0.2). Knows no names and no screen.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flows.absence import Absence
from flows.arbitration.model import Case, Seat
from flows.project import Cast, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """Who is to settle it. For the committee, `user` records what it decides; "": nobody is there to.
    `absent`: for whom a deputy does."""

    seat: Seat
    user: str
    absent: str = ""


def is_party(cast: Cast, case: Case, user: str) -> bool:
    """Whether the matter is this person's own."""
    return (
        user in case.out
        or user in case.people
        or any(one.author == user and one.state != "declined" for one in case.positions)
        or (cast.function_of(user) or "") in case.functions
    )


def seated(
    cast: Cast, case: Case, *, gone: Collection[str] = (), away: Mapping[str, Absence] | None = None
) -> Seated:
    """Who settles it. `gone`: those who have left the company; `away`: those who are away now."""
    absent = away or {}
    seats: tuple[tuple[Seat, Role], ...] = (("arbiter", "arbiter"), ("sponsor", "sponsor"))
    for seat, role in seats:
        user = cast.holder(role)
        if user and user not in gone and may_settle(cast, case, user):
            found = _there(cast, case, seat, user, absent.get(user))
            if found is not None:
                return found
    there = [user for role in RECORDERS if (user := cast.holder(role)) and user not in gone]
    present = [user for user in there if user not in absent]
    return Seated(seat="committee", user=next(iter((*present, *there)), ""))


def _there(cast: Cast, case: Case, seat: Seat, user: str, leave: Absence | None) -> Seated | None:
    """Who settles it in this seat. Away, it is a deputy who may; without one it waits for them while they are
    back before its date, and goes on to the next seat otherwise."""
    if leave is None:
        return Seated(seat=seat, user=user)
    if leave.deputy and may_settle(cast, case, leave.deputy):
        return Seated(seat="deputy", user=leave.deputy, absent=user)
    back_in_time = case.due is None or leave.last < case.due
    return Seated(seat=seat, user=user) if back_in_time else None


#: Who records both positions, and what the management committee decides.
RECORDERS: tuple[Role, ...] = ("facilitator", "lead")
#: They keep the same distance to everybody: they never settle.
NEUTRAL: tuple[Role, ...] = ("facilitator", "coach")


def may_settle(cast: Cast, case: Case, user: str) -> bool:
    """Whether it may be this person's to settle, in their own name."""
    return not is_party(cast, case, user) and user not in {cast.holder(role) for role in NEUTRAL}
