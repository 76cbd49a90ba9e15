"""How a record is named inside the words of a win, and what makes two of them the same thing."""

import re
import unicodedata

from flows.words import Words

_ENDS = " .?!…:;,"
_MENTION = re.compile(r"<@[^>]*>")


def called(ref: str, title: Words) -> Words:
    """ "ISS-7 Who owns the contact records": the sentence around it brings its own full stop. A person
    mentioned in it is left out: nobody is named in a win without their yes."""

    def one(text: str) -> str:
        return f"{ref} {_MENTION.sub('…', text)}".rstrip(_ENDS)

    return Words(one(title.en), one(title.fr))


def folded(title: Words) -> str:
    """The same for two records that say the same: small letters, no accents, single spaces."""
    plain = unicodedata.normalize("NFD", f"={title.en}".casefold().replace("’", "'"))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.split()).strip(_ENDS)
