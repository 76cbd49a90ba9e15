"""How somebody is told that a gesture did not count: words of our own, for when nothing else works.

Needs no database and no Slack call, because the one or the other may be what failed.
"""

from bot.request import Json, Request
from bot.words.typography import typographic
from flows.words import Language, Words

NOT_SAVED = Words(
    en="Not saved. Press again; your text is still here.",
    fr="Pas enregistré. Appuyez de nouveau ; votre texte est toujours là.",
)
NOT_RECORDED = Words(
    en="Not recorded. Your answers are still on this screen: please send again.",
    fr="Ce n’est pas enregistré. Vos réponses sont toujours à l’écran : renvoyez-les.",
)
#: When something went wrong during the commit, or after it: to say "not saved" could be a lie.
UNCONFIRMED = Words(
    en="I cannot tell whether this was saved. Do it again: nothing counts twice.",
    fr="Je ne peux pas dire si c’est enregistré. Recommencez : rien ne comptera deux fois.",
)
NOT_DONE = Words(en="Not saved. Press again.", fr="Pas enregistré. Appuyez de nouveau.")
NOT_RUN = Words(en="Not saved. Type the command again.", fr="Pas enregistré. Tapez la commande de nouveau.")
OLD_CARD = Words(
    en="This card is out of date. Open the Home tab of Cadrage: everything is there.",
    fr="Cette carte n’est plus à jour. Ouvrez l’accueil de Cadrage : tout y est.",
)
OLD_FORM = Words(
    en="This form is out of date. Copy your text, close it, and open it again from Cadrage’s Home tab.",
    fr="Ce formulaire n’est plus à jour. Copiez votre texte, fermez-le et rouvrez-le depuis l’accueil.",
)
ONE_MOMENT = Words(
    en="One moment: too many presses at once. This one was not taken; press again in a few seconds.",
    fr="Un instant : trop d’appuis à la fois. Celui-ci n’est pas pris en compte ; recommencez dans quelques "
    "secondes.",
)
#: What a gesture that did not count is told, by its kind: only a form keeps a text.
UNSAVED = {"view": NOT_SAVED, "command": NOT_RUN}
_CLOSE = Words(en="Close", fr="Fermer")


def in_form(payload: Json, words: Words, language: Language) -> Json:
    """The acknowledgement of a form that was not taken: the sentence under its first field, which
    keeps everything typed. A form without fields gets a page on top."""
    view = payload.get("view")
    blocks = view.get("blocks") if isinstance(view, dict) else None
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, dict) and block.get("type") == "input" and block.get("block_id"):
            return {"response_action": "errors", "errors": {block["block_id"]: _said(words, language)}}
    return {"response_action": "push", "view": page(words, language)}


def ephemeral(words: Words, language: Language) -> Json:
    """A message only the person who acted sees, and which leaves the card alone."""
    return {"response_type": "ephemeral", "replace_original": False, "text": _said(words, language)}


def page(words: Words, language: Language) -> Json:
    """A modal that says one sentence."""
    return {
        "type": "modal",
        "callback_id": "notice",
        "title": {"type": "plain_text", "text": "Cadrage"},
        "close": {"type": "plain_text", "text": _said(_CLOSE, language)},
        "blocks": [{"type": "section", "text": {"type": "plain_text", "text": _said(words, language)}}],
    }


def in_modal(request: Request) -> bool:
    """Whether a click came from a modal that is still open, so that a page can go on top of it."""
    view = request.payload.get("view")
    return isinstance(view, dict) and view.get("type") == "modal"


def _said(words: Words, language: Language) -> str:
    return typographic(words.in_(language), language)
