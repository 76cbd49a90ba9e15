"""Which gesture in a dialogue goes to which handler: dict literals, joined by bot/routes.py."""

from bot.dialogue import answering, leaving, lines, opening, reviewing
from bot.request import Handler

ACTIONS: dict[str, Handler] = {
    "dialogue.open": opening.opened,  # value: id of the dialogue
    "results.open": opening.outcome,  # value: id of the dialogue
    "results.turn": opening.turned,  # value: which part
    "dialogue.back": answering.back,
    "dialogue.choose": answering.chosen,  # what the rest of the screen hangs on
    "dialogue.count": answering.chosen,  # the sum of points
    "dialogue.turn": answering.turned,  # value: page of a long list on a screen
    "dialogue.keep": answering.kept,
    "dialogue.replace": answering.replaced,
    "dialogue.exit": leaving.taken,
    "dialogue.answer": leaving.taken_back,
    "dialogue.line.add": lines.add,
    "dialogue.line.menu": lines.menu,
    "dialogue.line.undo": lines.undone,
    "dialogue.each": lines.each,
    "dialogue.check": reviewing.seen,
    "dialogue.change": reviewing.changed,
    "dialogue.page": reviewing.turned,
}
VIEWS: dict[str, Handler] = {
    "dialogue.screen": answering.sent,
    "dialogue.exit": leaving.confirmed,
    "dialogue.line": lines.sent,
    "dialogue.line.gone": lines.gone,
    "dialogue.each": lines.each_sent,
    "dialogue.check": reviewing.finished,
}
