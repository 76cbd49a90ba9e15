"""The open risks as people look at them: the grid of likelihood by impact, and the same in words below."""

from collections.abc import Iterable

from bot.request import Json
from bot.words import blocks
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording
from flows.register.matrix import drawn, matrix
from flows.register.model import Kept

LISTED = 12  # risks of one level that are named; the list below has them all


def rows(w: Wording, records: Iterable[Kept]) -> list[Json]:
    """Nothing where no open risk has both figures."""
    found = matrix(records)
    if not found.levels:
        return []
    picture = drawn(found, w("likelihood"), w("impact"))
    lines = []
    for words, risks in found.levels:
        named = ", ".join(
            f"{one.ref} ({one.fields['likelihood']} × {one.fields['impact']})" for one in risks[:LISTED]
        )
        more = f" + {len(risks) - LISTED}" if len(risks) > LISTED else ""
        lines.append(w.md("{level}: {risks}", level=bold(w.of(words)), risks=named + more))
    return [
        blocks.section(Mrkdwn(f"```\n{picture}\n```")),
        blocks.section(Mrkdwn("\n").join(lines)),
        blocks.context(w("Likelihood × impact, how many open risks in each place.")),
    ]
