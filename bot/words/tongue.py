"""Which language to use with somebody when the database cannot be asked: what we last knew."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable

from flows.words import Language

ROOM = 4096  # people; the one unseen for longest is forgotten


class Tongues:
    """A small memory of languages. Only for refusals: everything else reads the database."""

    def __init__(
        self, *, default: Language, look_up: Callable[[str, str], Awaitable[Language | None]]
    ) -> None:
        self._default, self._look_up = default, look_up
        self._known: OrderedDict[tuple[str, str], Language] = OrderedDict()

    def knows(self, workspace: str, user: str) -> bool:
        """Whether `learn` has nothing to add."""
        return (workspace, user) in self._known

    def of(self, workspace: str, user: str) -> Language:
        """The language to use now."""
        return self._known.get((workspace, user), self._default)

    async def learn(self, workspace: str, user: str) -> None:
        """Look somebody's language up. Call it when there is time; what it raises may be ignored."""
        found = await self._look_up(workspace, user)
        if found is not None:
            self._known[workspace, user] = found
            while len(self._known) > ROOM:
                self._known.popitem(last=False)
