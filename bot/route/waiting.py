"""What Home and `/cadrage todo` say to whoever decides the route: one was chosen, and waits for them."""

from bot.asker import Asker
from bot.parts import Parts
from bot.request import Json
from bot.route import reading
from bot.words import blocks, elements
from storage.database import Connection


def lines(conn: Connection, parts: Parts, who: Asker) -> list[Json]:
    """One line, or none."""
    if who.project is None or not reading.decides(who):
        return []
    found = reading.picture(conn, parts, who.project)
    if found.decided or not found.chosen:
        return []
    label = who.w("Decide the route")
    go = elements.button(who.w("Decide"), "route.decide:home", value=who.project.id, label=label)
    return [blocks.section(who.w.md("*Route* · it waits for your decision"), accessory=go)]
