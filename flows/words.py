"""Text in the two languages of the product, kept side by side."""

from dataclasses import dataclass
from typing import Literal, Self

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in English and in French, of equal standing.

    Typography (no-break spaces, quotes) is added when rendering and is never stored here.
    """

    en: str
    fr: str

    @classmethod
    def same(cls, text: str) -> Self:
        """What a person typed: shown as written, whatever the reader's language."""
        return cls(en=text, fr=text)

    def in_(self, language: Language) -> str:
        """The text in `language`."""
        return self.fr if language == "fr" else self.en

    def fill(self, **values: "str | int | Words") -> "Words":
        """Both texts with `{name}` replaced; a `Words` value is put in in its own language."""

        def put(language: Language) -> str:
            text = self.in_(language)
            for name, value in values.items():
                shown = value.in_(language) if isinstance(value, Words) else str(value)
                text = text.replace("{" + name + "}", shown)
            return text

        return Words(en=put("en"), fr=put("fr"))
