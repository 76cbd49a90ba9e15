"""Every limit of Slack's in one table, and fit(), which keeps a text within one.

Source of the figures: slack.md B.4. Counts are in UTF-16 units where Slack says "characters".
"""

from typing import Final

from bot.words.clusters import clusters, units
from bot.words.mrkdwn import Mrkdwn

# Texts
MESSAGE_TEXT: Final = 3_900  # 4,000 is the limit of chat.update; a margin for escaping
HEADER: Final = 150
SECTION: Final = 3_000
FIELD: Final = 2_000
CONTEXT: Final = 2_000  # unpublished; that of a field
LABEL: Final = 2_000  # label of an input
HINT: Final = 2_000
PLACEHOLDER: Final = 150
BUTTON: Final = 75
ACCESSIBILITY: Final = 75  # what a screen reader says of a button
OPTION: Final = 75
OPTION_VALUE: Final = 150
OPTION_DESCRIPTION: Final = 75
BUTTON_VALUE: Final = 2_000
CONFIRM_TITLE: Final = 100
CONFIRM: Final = 300
CONFIRM_BUTTON: Final = 30
TITLE: Final = 24  # of a modal; its submit and close buttons too
ALT_TEXT: Final = 2_000
INPUT: Final = 3_000  # largest max_length of a text field
ID: Final = 255  # action_id, block_id, callback_id
METADATA: Final = 3_000  # private_metadata
CHART_TITLE: Final = 50  # of a chart and of its axes
CHART_LABEL: Final = 20  # of a category or a series

# Counts
MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
CONTEXT_ELEMENTS: Final = 10
ACTIONS_ELEMENTS: Final = 25
SECTION_FIELDS: Final = 10
SELECT_OPTIONS: Final = 100
RADIO_OPTIONS: Final = 10  # checkboxes too
OVERFLOW_OPTIONS: Final = 5
VIEW_BYTES: Final = 250_000
VIEW_STACK: Final = 3

#: Our own, tighter limit for the words of a button, so that it is not cut on a phone (8.16).
OUR_BUTTON: Final = 30

_ELLIPSIS = "…"
_MARGIN = 0.95  # what is cut is cut a little shorter: how Slack counts is unpublished


def fit(text: str, limit: int) -> str:
    """`text` if it has at most `limit` UTF-16 units, else its beginning and an ellipsis.

    Never cuts inside a surrogate pair, an emoji joined by ZWJ, a letter with its accents, and, in
    mrkdwn, an escaped entity or a `<…>` token. Keeps the type: mrkdwn stays mrkdwn. Never empty
    unless `text` is.
    """
    if units(text) <= limit:
        return text
    safe = isinstance(text, Mrkdwn)
    room = max(int(limit * _MARGIN), min(limit, 2)) - 1
    kept: list[str] = []
    for piece in clusters(str(text[: _reach(limit)]), tokens=safe):
        room -= units(piece)
        if room < 0:
            break
        kept.append(piece)
    cut = "".join(kept).rstrip() + _ELLIPSIS
    return Mrkdwn(cut) if safe else cut


def _reach(limit: int) -> int:
    """How far to look: beyond it nothing can be kept, but a token may end there."""
    return limit + 3_002
