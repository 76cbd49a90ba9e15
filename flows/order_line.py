"""What somebody types after a dialogue to be sent: "@Inès @Paul by 30/11", « @Inès avant vendredi ».

Understands both languages whatever the person's own is, and gives back what it does not understand, for a
sentence. Knows no dialogue: whether these people can be asked is for others to say.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.dates import spoken

#: What announces the day, and the small words between that and the day.
BEFORE_A_DAY = frozenset(
    {"by", "before", "until", "due", "avant", "pour", "par", "d'ici", "jusqu'au", "jusqu'a"}
)
SMALL = frozenset({"the", "on", "le", "la", "au", "du", "a"})
MOST_WORDS = 4  # of a name or a day
MENTION = re.compile(r"<@([UW][A-Z0-9]{1,31})(?:\|[^<>]*)?>")
AROUND = ",.;:!?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """Something typed that cannot be used as it is. `people`: whom it may mean."""

    typed: str
    why: Literal["nobody", "several", "no day"]
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """Whom, until when, and what was not understood. `users` are Slack ids, in the order typed."""

    users: tuple[str, ...] = ()
    until: date | None = None
    odd: tuple[Odd, ...] = ()

    def __bool__(self) -> bool:
        """Something was asked for."""
        return bool(self.users or self.until or self.odd)


def read(words: Sequence[str], names: Mapping[str, str], today: date) -> OrderLine:
    """The people and the day in these words. `names`: display names by Slack id, of those who may be meant
    by a name; whoever is mentioned (<@U0INES>) is taken as mentioned."""
    users, odd, until, at = list[str](), list[Odd](), None, 0
    while at < len(words):
        word = words[at].strip(AROUND)
        if mentioned := MENTION.fullmatch(word):
            users.append(mentioned[1])
        elif word.startswith("@"):
            found, used = _named([word[1:], *words[at + 1 : at + MOST_WORDS]], names)
            users += found if len(found) == 1 else []
            if len(found) != 1:
                odd.append(Odd(typed=word, why="several" if found else "nobody", people=tuple(found)))
            at += used - 1
        elif fold(word) in BEFORE_A_DAY or spoken(word, today):
            day, used = _day(words[at:], today)
            until = day or until
            if day is None:
                odd.append(Odd(typed=" ".join(words[at + 1 : at + used]), why="no day"))
            at += used - 1
        at += 1
    return OrderLine(users=tuple(dict.fromkeys(users)), until=until, odd=tuple(odd))


def fold(word: str) -> str:
    """Lower case, without accents, with a straight apostrophe: how names and small words are compared."""
    plain = unicodedata.normalize("NFD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _named(words: Sequence[str], names: Mapping[str, str]) -> tuple[list[str], int]:
    """Those of this name, by as many words as belong to it, and how many words that is. A first name is
    enough, and so is the beginning of a name."""
    called = {user: fold(name) for user, name in names.items()}
    for n in range(len(words), 0, -1):
        typed = fold(" ".join(words[:n]).strip(AROUND)).replace(".", " ")
        if same := [user for user, name in called.items() if typed == name]:
            return same, n
    return [user for user, name in called.items() if typed and name.startswith(typed)], 1


def _day(words: Sequence[str], today: date) -> tuple[date | None, int]:
    """The day that is announced or stands by itself, and how many words it takes, what announces it
    included."""
    at = 1 if fold(words[0].strip(AROUND)) in BEFORE_A_DAY else 0
    while at < len(words) - 1 and fold(words[at]) in SMALL:
        at += 1
    for n in range(min(MOST_WORDS, len(words) - at), 0, -1):
        if day := spoken(" ".join(words[at : at + n]).strip(AROUND), today):
            return day, at + n
    return None, max(min(at + 1, len(words)), 1)
