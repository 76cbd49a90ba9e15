"""The open risks as people look at them: the grid of likelihood by impact, and the same in words below."""

from collections.abc import Iterable

from bot.request import Json
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import Wording
from flows.register.matrix import Matrix, drawn, matrix
from flows.register.model import Kept

LISTED = 12  # risks of one level that are named; the list below has them all


def rows(w: Wording, records: Iterable[Kept], project: str) -> list[Json]:
    """Nothing where no open risk has both figures."""
    found = matrix(records)
    if not found.levels:
        return []
    grid = drawn(found, w("likelihood"), w("impact"))
    return [
        blocks.section(Mrkdwn(f"```\n{grid}\n```")),
        blocks.section(Mrkdwn("\n").join(lines(w, found))),
        blocks.context(w("Likelihood × impact, how many open risks in each place.")),
        blocks.actions(elements.button(w("As a picture"), "register.picture", value=project)),
    ]


def lines(w: Wording, found: Matrix) -> list[Mrkdwn]:
    """The same in words: each level with its risks, the highest first."""
    said = []
    for words, risks in found.levels:
        named = ", ".join(
            f"{one.ref} ({one.fields['likelihood']} × {one.fields['impact']})" for one in risks[:LISTED]
        )
        more = f" + {len(risks) - LISTED}" if len(risks) > LISTED else ""
        said.append(w.md("{level}: {risks}", level=bold(w.of(words)), risks=named + more))
    return said
