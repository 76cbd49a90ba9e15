"""`/cadrage <verb>`: the key of a verb, "" for none, "?" for a word nobody knows, to its handler.

Every verb has a button twin (bot/hub/pages.py); what verbs are called stands in bot/verbs.py.
"""

from bot import answer, asker, verbs
from bot.arbitration import routes as arbitration
from bot.diagnosis import desk
from bot.digest import routes as digest
from bot.documents import form as documents
from bot.documents import note as notes
from bot.founding import setup
from bot.grids import routes as grids
from bot.hub import log, page_handlers, pages, record, settings_screen
from bot.parts import Parts
from bot.register import routes as registering
from bot.request import Handler, Reply, Request
from bot.rhythm import routes as rhythm
from bot.rounds import planning, send
from bot.route import routes as route
from bot.takeaway import form as takeaway
from bot.waves import coach
from bot.wins import routes as wins
from bot.words import blocks, elements
from bot.workshops import routes as workshops
from storage import register


async def unknown(request: Request, parts: Parts) -> Reply:
    """A word that is no verb: the record it numbers ("DEC-12"), else the nearest verb, and all of them."""
    who = await asker.asker(request, parts)
    w = who.w
    typed = verbs.parse(str(request.payload.get("text") or ""))
    if register.place_of(typed.word) is not None:
        return await record.shown(request, parts, who, typed.word)
    near = verbs.nearest(typed.word)
    row = []
    if near is not None and near in verbs.allowed(who.actor, who.project):
        said = w.md(
            "I don’t know “{word}”. Did you mean `{usage}`?",
            word=typed.word[:40],
            usage=verbs.usage(near, who.language),
        )
        action, words = pages.TWINS[near.key]
        row.append(elements.button(w(words), action, value=who.project.id if who.project else ""))
    else:
        said = w.md("I don’t know “{word}”.", word=typed.word[:40])
    if near is None or near.key != "help":
        row.append(
            elements.button(w("All commands"), "help.open", value=who.project.id if who.project else "")
        )
    return answer.tell(request, parts, w, said, more=[blocks.actions(*row)])


COMMANDS: dict[str, Handler] = {
    **page_handlers.COMMANDS,  # "", todo, status, team, help
    "new": setup.open_form,
    "plan": planning.command,
    "dialogue": send.command,
    **rhythm.COMMANDS,
    "diag": desk.command,
    **digest.COMMANDS,
    **registering.COMMANDS,
    "note": notes.make,
    "doc": documents.command,
    **grids.COMMANDS,
    **route.COMMANDS,
    **wins.COMMANDS,
    **arbitration.COMMANDS,
    **workshops.COMMANDS,
    "log": log.command,
    "export": takeaway.command,
    "coach": coach.command,
    "settings": settings_screen.command,
    "?": unknown,
}
