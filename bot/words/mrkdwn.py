"""Text with Slack's markup, and the one place where what people typed is made harmless in it.

A plain `str` is text as written; `Mrkdwn` is text that may be sent as markup. Every builder escapes
a `str` and passes a `Mrkdwn` through, so that forgetting to escape is not possible and escaping
twice is not either. Exactly `&`, `<` and `>` are escaped: that is Slack's whole rule (T4). It has none
for `*`, `_`, `~` and the backtick: a space without width on both sides keeps them from being markup.
"""

import re
from collections.abc import Iterable
from typing import Self

#: Turns the reading direction round: can make a text show as another one (T4).
_BIDI = "\u202a-\u202e\u2066-\u2069"
#: Shows nothing: can hide a difference between two words. ZWJ is kept inside emoji only.
_INVISIBLE = "\u200b\u200c\u200e\u200f\u2060-\u2064\ufeff\u00ad"
_UNSENDABLE = "\x00-\x08\x0b-\x1f\x7f\ud800-\udfff"
_HARMFUL = re.compile(f"[{_UNSENDABLE}\x80-\x9f{_BIDI}{_INVISIBLE}]")
#: Beside a sign of formatting where it could begin or end something: never between two letters, nor alone.
_STILL = "\u200b"
_SIGN = re.compile(r"(?<=\S)[*_~`](?!\w)|(?<!\w)[*_~`](?=\S)")
_GAP = re.compile(r"[^\S\u00a0\u202f]+")
_LONE_ZWJ = re.compile("(?<![\ufe0f\u2190-\U0001faff])\u200d|\u200d(?![\u2190-\U0001faff])")


class Mrkdwn(str):
    """Text that is safe to send as Slack markup."""

    __slots__ = ()

    def __add__(self, other: str) -> Self:
        return type(self)(str(self) + str(md(other)))

    def join(self, parts: Iterable[str]) -> Self:
        """Joins; plain parts are escaped first."""
        return type(self)(str(self).join(str(md(part)) for part in parts))


def clean(text: str) -> str:
    """What somebody typed, without what cannot be seen and changes how the rest is read."""
    kept = _HARMFUL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _LONE_ZWJ.sub("", kept)


def sendable(text: str) -> str:
    """What somebody typed, whole, for the field in which they will edit it: only what no message can
    hold is taken out."""
    return re.sub(f"[{_UNSENDABLE}]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def md(text: object) -> Mrkdwn:
    """As markup: a `Mrkdwn` unchanged, anything else cleaned and escaped, once, and shown as typed."""
    if isinstance(text, Mrkdwn):
        return text
    plain = clean(str(text))
    still = _SIGN.sub(lambda sign: f"{_STILL}{sign[0]}{_STILL}", plain)
    return Mrkdwn(still.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def plain(text: str) -> str:
    """As text without markup: for buttons, labels, options and headers."""
    return unescape(text).replace(_STILL, "") if isinstance(text, Mrkdwn) else clean(text)


def unescape(text: str) -> str:
    """The reverse of the escaping, for text that comes from Slack or goes where no markup is read."""
    return str(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def line(text: str) -> str:
    """On one line, so that nobody can make up a line of the bot's by typing a line break. The no-break
    spaces of typography stay."""
    return _GAP.sub(" ", text if isinstance(text, Mrkdwn) else clean(text)).strip()


def quote(text: str) -> Mrkdwn:
    """As a quotation: every line of it marked, whatever the line breaks in it."""
    return Mrkdwn("\n".join(f"> {md(row)}" if row.strip() else ">" for row in clean(text).split("\n")))


def bold(text: object) -> Mrkdwn:
    """In bold, on one line."""
    return Mrkdwn(f"*{md(text if isinstance(text, Mrkdwn) else line(str(text)))}*")


def italic(text: object) -> Mrkdwn:
    """In italics, on one line."""
    return Mrkdwn(f"_{md(text if isinstance(text, Mrkdwn) else line(str(text)))}_")


def mention(user: str) -> Mrkdwn:
    """A mention, which notifies: only when the person must act (8.17). Other ids show as text."""
    return Mrkdwn(f"<@{user}>") if re.fullmatch(r"[UW][A-Z0-9]{1,20}", user) else md(user)


def channel(id: str) -> Mrkdwn:
    """A link to a channel; Slack shows its name to those who may know it."""
    return Mrkdwn(f"<#{id}>") if re.fullmatch(r"[CGD][A-Z0-9]{1,20}", id) else md(id)
