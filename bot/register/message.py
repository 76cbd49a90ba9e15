"""The message a form was opened on: what of it is copied, and what travels in the form. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.request import Json
from bot.words import blocks
from bot.words.mrkdwn import unescape
from bot.words.text import N_, Wording
from storage.capturing import Message

LONG = 3000  # characters that the form can hold, and so that are copied
#: What Slack calls a conversation that not everybody can read.
PRIVATE = ("directmessage", "privategroup")
ELSEWHERE = N_("This comes from a private conversation, so nothing is copied. Write it in your own words.")
CUT = N_("The message is long: its first {n} characters are copied. The link leads to all of it.")
FILES = N_("Files of the message are not copied: they stay in Slack, behind the link.")
COPIED = N_("The words are copied and the link to the message is kept. Take out what should not be kept.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the message stands. `copied`: its words may be kept, because the project can read them too."""

    channel: str
    ts: str
    thread_ts: str = ""
    author: str = ""
    permalink: str = ""
    copied: bool = True
    text: str = ""  # the words; they never travel in the form's metadata
    files: bool = False

    def packed(self) -> dict[str, str]:
        """What travels in the form: where, by whom. Nothing of a conversation that is not copied."""
        if not self.copied:
            return {}
        return {
            "channel": self.channel, "ts": self.ts, "thread": self.thread_ts, "author": self.author,
            "link": self.permalink[:500],
        }  # fmt: skip

    @classmethod
    def unpacked(cls, held: Mapping[str, str]) -> "Source | None":
        """The same, out of a form that was sent."""
        if not held.get("channel") or not held.get("ts"):
            return None
        return cls(
            channel=held["channel"][:32], ts=held["ts"][:32], thread_ts=held.get("thread", "")[:32],
            author=held.get("author", "")[:32], permalink=held.get("link", ""),
        )  # fmt: skip

    def message(self, text: str | None) -> Message:
        """As it is kept, with the words that were left in the form."""
        return Message(
            channel=self.channel, ts=self.ts, thread_ts=self.thread_ts, author=self.author,
            permalink=self.permalink or None, text=text,
        )  # fmt: skip

    def shown(self, w: Wording) -> list[Json]:
        """What the form says of it, above its fields."""
        if not self.copied:
            return [blocks.context(w(ELSEWHERE))]
        said = [w(COPIED)]
        if len(self.text) > LONG:
            said.append(w(CUT, n=LONG))
        if self.files:
            said.append(w(FILES))
        return [blocks.context(" ".join(said))]


def of(payload: Json, home: str | None) -> Source:
    """The message of a shortcut. `home`: the channel of the project, where everything may be copied."""
    channel, message = payload.get("channel") or {}, payload.get("message") or {}
    id, name = str(channel.get("id") or ""), str(channel.get("name") or "")
    private = name in PRIVATE or name.startswith("mpdm-") or id.startswith("D")
    return Source(
        channel=id,
        ts=str(payload.get("message_ts") or message.get("ts") or ""),
        thread_ts=str(message.get("thread_ts") or ""),
        author=str(message.get("user") or message.get("bot_id") or ""),
        copied=bool(id) and (not private or id == home),
        text=words_of(message),
        files=bool(message.get("files")),
    )


def words_of(message: Json) -> str:
    """What a message says; of an app's message without text, what stands in for it."""
    text = str(message.get("text") or "").strip()
    if text:
        return text
    for one in message.get("attachments") or []:
        if isinstance(one, dict) and one.get("fallback"):
            return str(one["fallback"]).strip()
    return ""


#: What Slack puts into words for a person, a channel, an address or a command word.
_TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def mentioned(text: str) -> list[str]:
    """The people a message names, by their Slack id."""
    return [found[2] for found in _TOKEN.finditer(text) if found[1] == "@"]


def readable(text: str, names: Mapping[str, str]) -> str:
    """The words as people read them: names instead of ids, addresses as they are, no markup of Slack's."""

    def plain(found: re.Match[str]) -> str:
        sign, what, label = found[1], found[2], found[3]
        if sign == "@":
            return f"@{names.get(what) or label or what}"
        if sign in ("#", "!"):
            return f"{'#' if sign == '#' else '@'}{label or what.partition('^')[0]}"
        return f"{label} ({what})" if label and label != what else what

    return unescape(_TOKEN.sub(plain, text))
