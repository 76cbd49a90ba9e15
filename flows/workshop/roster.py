"""Who is invited to a workshop (4.1), with a vote or without, counted for quorum or not."""

from collections.abc import Collection, Mapping

from flows.project import Audience, Cast
from flows.workshop.model import Participant
from flows.workshop.script import Script


def roster(
    script: Script, cast: Cast, *, facilitator: str, without: Collection[str] = (),
    deputies: Mapping[str, str] | None = None,
) -> tuple[Participant, ...]:  # fmt: skip
    """Everybody invited but whoever facilitates; the arbiter to whatever decides. `without`: bots, people who
    have left. `deputies`: who stands in for whom: the arbiter's deputy comes too, of the team or not,
    and counts as the arbiter (4.1: "or a delegate")."""
    users = dict.fromkeys(cast.audience(Audience(roles=script.roles)))
    users |= dict.fromkeys(user for role in script.only for user in cast.people(role))
    if script.decides:  # the arbiter too, of the team or not: without them nothing is decided (4.1)
        arbiters = cast.people("arbiter")
        standing_in = [(deputies or {}).get(user, "") for user in arbiters]
        users |= dict.fromkeys([*arbiters, *(user for user in standing_in if cast.roles_of(user))])
    return tuple(
        seat(script, cast, user, deputies=deputies)
        for user in users
        if user != facilitator and user not in without
    )


def some_steps(script: Script, cast: Cast, user: str) -> bool:
    """Whether they are in some steps only: they cannot facilitate, since the desk reads all of them (W04: the
    sponsor)."""
    return bool(_steps(script, cast, user))


def visitor(script: Script, user: str) -> Participant:
    """A vendor or somebody from outside: no vote, no cards, only the steps the script lets them be at."""
    return Participant(user=user, vote=False, guest=True, steps=script.guests)


def seat(script: Script, cast: Cast, user: str, *, deputies: Mapping[str, str] | None = None) -> Participant:
    """This person's place. Whoever has no part in the project is a guest, without vote."""
    roles = cast.roles_of(user)
    if not roles:
        return visitor(script, user)
    settles = arbiters(cast, deputies or {})
    arbiter = cast.holder("arbiter") or ""
    steps = _steps(script, cast, user)
    stands_in = user in settles and user != arbiter
    if stands_in and not steps and user not in cast.audience(Audience(roles=script.roles)):
        steps = _steps(script, cast, arbiter)  # the place they hold is that of the arbiter, and no other
    return Participant(
        user=user,
        function=cast.function_of(user) or "",
        vote="team_all" in roles,
        counted=script.quorum in roles,
        arbiter=user in settles,
        sponsor="sponsor" in roles,
        steps=steps,
    )


def arbiters(cast: Cast, deputies: Mapping[str, str]) -> frozenset[str]:
    """Who counts as the arbiter: whoever holds the role, and who of the project stands in for them."""
    arbiter = cast.holder("arbiter") or ""
    deputy = deputies.get(arbiter, "")
    return frozenset({arbiter, deputy if cast.roles_of(deputy) else ""} - {""})


def _steps(script: Script, cast: Cast, user: str) -> tuple[int, ...]:
    """The steps somebody takes part in who is there for one role only; () for all."""
    if user in cast.audience(Audience(roles=script.roles)):
        return ()
    return tuple(
        sorted({n for role, steps in script.only.items() if user in cast.people(role) for n in steps})
    )
