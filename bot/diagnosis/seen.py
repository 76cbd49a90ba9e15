"""What an advice was seen in, as one line: the answers, group figures and records its rule reads."""

from bot.diagnosis import figures
from bot.diagnosis.picture import Picture, Reader
from bot.diagnosis.quotes import read, strung
from bot.diagnosis.sights import SIGHTS
from bot.words.text import Wording
from flows.diagnosis.rules import CONDITIONS

#: Rules that name no figure at all, only the theme (R26 to R31).
THEMES = frozenset({"R26", "R27", "R28", "R29", "R30", "R31"})


def seen(w: Wording, picture: Picture, rule: str, reader: Reader) -> str:
    """The evidence of a rule that fires, for this reader; plain text, never empty."""
    if rule in THEMES:
        n = min(figures.tallied(picture.evidence.anonymous.get(id)) for id in CONDITIONS[rule].reads)
        return w("what the group says of its worries, {n}", n=figures.from_answers(w, n))
    if (sight := SIGHTS.get(rule)) is not None and (said := sight(w, picture, reader)):
        return said
    parts = (read(w, picture, id, reader) for id in CONDITIONS[rule].reads)
    return strung(w, parts) or w("what has been recorded so far")
