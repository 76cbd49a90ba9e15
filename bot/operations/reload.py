"""Content that changes while the bot runs: loaded and checked again when its files change or when it is
asked for (SIGHUP). What has a mistake is refused in a sentence, and the last good content stays.

Reads the folder's names, sizes and times every few seconds, and the files only when those differ.
"""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path

import structlog

from flows.playbook import ContentErrors, Playbook, load
from flows.playbook.loader import CRM

log = structlog.get_logger()

Look = frozenset[tuple[str, int, int]]
REMEDY = "Correct it, or run `cadrage check {folder}` to read every mistake. What was in force stays so."


class Reload:
    """One process's watch over its content. `use` puts content in force: it is called in the loop, with
    content that has passed every check, and must not fail."""

    def __init__(self, *, folder: Path | None, use: Callable[[Playbook], None]) -> None:
        self._folder, self._use = folder, use
        self._asked = asyncio.Event()
        self._seen = look(folder or CRM)
        self.refused = ""  # the first mistake of what was refused since; "" when what is there is in use

    def ask(self) -> None:
        """Load it again, whether it seems to have changed or not."""
        self._asked.set()

    async def run(self, every: float) -> None:
        """Until cancelled. `every`: seconds between two looks. Content that comes with the product changes
        only with the product, and is loaded again only when asked for."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(every):
                    await self._asked.wait()
            asked = self._asked.is_set()
            self._asked.clear()
            found = look(self._folder or CRM)
            if asked or (self._folder is not None and found != self._seen):
                self._seen = found
                await self._again()

    async def _again(self) -> None:
        """In a thread: it takes a second, in which people go on being answered."""
        folder = str(self._folder or CRM)
        try:
            playbook = await asyncio.to_thread(load, self._folder)
        except ContentErrors as error:
            self.refused = error.sentences[0]
            more = len(error.sentences) - 1
            log.error("content_refused", mistake=self.refused, more=more, remedy=REMEDY.format(folder=folder))
            return
        except Exception as error:  # a file that cannot be read: whatever it is, it does not stop the bot
            self.refused = f"The content cannot be read ({type(error).__name__})."
            log.error("content_refused", mistake=self.refused, remedy=REMEDY.format(folder=folder))
            return
        self._use(playbook)
        self.refused = ""
        log.info("content_loaded", dialogues=len(playbook.flows), folder=folder)


def look(folder: Path) -> Look:
    """What tells that the files of a folder have changed, without reading them."""
    found = set()
    for file in folder.glob("*.yaml"):
        with contextlib.suppress(OSError):  # it goes away at this very moment
            stat = file.stat()
            found.add((file.name, stat.st_mtime_ns, stat.st_size))
    return frozenset(found)
