"""Pairs for a writing step: two by two from different functions as far as they go; the last may be three."""

from collections.abc import Sequence

from flows.workshop.model import Participant


def pairs(people: Sequence[Participant]) -> tuple[tuple[str, ...], ...]:
    """Everybody once. Always the two largest functions that are left are put together, so that as few as
    can be write with their own; the same people make the same pairs. One person alone writes alone."""
    by_function: dict[str, list[str]] = {}
    for one in people:
        by_function.setdefault(one.function, []).append(one.user)
    found: list[tuple[str, ...]] = []
    left = list(by_function.values())
    while sum(map(len, left)) > 1:
        left = sorted((users for users in left if users), key=lambda users: -len(users))
        first, second = left[0], left[1] if len(left) > 1 else left[0]
        found.append((first.pop(0), second.pop(0)))
    alone = [user for users in left for user in users]
    if alone and found:
        return (*found[:-1], (*found[-1], *alone))
    return (*found, *((user,) for user in alone))


def partners(groups: Sequence[Sequence[str]], user: str) -> tuple[str, ...]:
    """With whom somebody writes."""
    return tuple(other for group in groups if user in group for other in group if other != user)
