"""Cuts text into what a reader sees as one character, so that nothing is ever cut in its middle.

A close approximation of Unicode's extended grapheme clusters, enough for what people type: combining
marks, emoji joined by ZWJ, skin tones, flags, keycaps. Slack's tokens (`<@U1>`, `&lt;`) count as one
character too when the text is mrkdwn. Hangul written as separate letters is not grouped.
"""

import re
import unicodedata
from collections.abc import Iterator

ZWJ = "\u200d"
#: An escaped entity, or a token between angle brackets: splitting one shows broken markup.
_TOKEN = re.compile(r"&(?:amp|lt|gt);|<[^<>]{1,3000}>")
_REGIONAL = range(0x1F1E6, 0x1F200)  # two of them make one flag
_SKIN_TONE = range(0x1F3FB, 0x1F400)
_TAG = range(0xE0020, 0xE0080)  # the letters of the flags of England, Scotland, Wales


def units(text: str) -> int:
    """Length in UTF-16 units: the largest of the ways Slack may count (slack.md B.4)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clusters(text: str, *, tokens: bool = False) -> Iterator[str]:
    """Yields `text` piece by piece; joined, the pieces are `text` again."""
    start = 0
    while start < len(text):
        end = _end_of_token(text, start) if tokens else start
        if end == start:
            end = _end_of_cluster(text, start)
        yield text[start:end]
        start = end


def _end_of_token(text: str, start: int) -> int:
    found = _TOKEN.match(text, start) if text[start] in "&<" else None
    return found.end() if found else start


def _end_of_cluster(text: str, start: int) -> int:
    if text[start : start + 2] == "\r\n":
        return start + 2
    end = start + 1
    if ord(text[start]) in _REGIONAL and end < len(text) and ord(text[end]) in _REGIONAL:
        end += 1
    while end < len(text):
        if _extends(text[end]) or (text[end - 1] == ZWJ and not text[end].isspace()):
            end += 1
        else:
            break
    return end


def _extends(char: str) -> bool:
    """Does `char` belong to the one before it?"""
    code = ord(char)
    if code < 0x300:
        return False
    return char == ZWJ or code in _SKIN_TONE or code in _TAG or unicodedata.category(char)[0] == "M"
