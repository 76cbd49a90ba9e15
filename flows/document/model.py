"""What a document is made of, before any format: sections of blocks, in both languages."""

from dataclasses import dataclass

from flows.words import Words

#: The sections of the scoping note (DOC1) that are written so far; the others come with their dialogues.
SECTIONS = ("N01", "N02", "N03", "N04", "N05", "N06", "N24")


#: Around what a person typed within a sentence of ours; two code points nobody can type.
TYPED = ("\ue000", "\ue001")


def typed(text: str | Words) -> str | Words:
    """What may have been typed, for a sentence of ours: typography leaves it as written. Words that differ
    between the languages are ours."""
    if isinstance(text, Words) and text.en != text.fr:
        return text
    plain = text.en if isinstance(text, Words) else text
    return TYPED[0] + plain + TYPED[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph; `label` stands before it, as the name of what is said."""

    words: Words
    label: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of points. `label` stands above them."""

    items: tuple[Words, ...]
    label: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of facts. The first column is the record id wherever there is one (7.1)."""

    label: Words
    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What is missing, said in place (7.1). `question` is its id, "" for a whole subject."""

    words: Words
    question: str = ""


Block = Paragraph | Bullets | Table | Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of a document. Never without blocks."""

    id: str  # N01 …
    title: Words
    blocks: tuple[Block, ...]

    @property
    def complete(self) -> bool:
        """Nothing is missing in it."""
        return not any(isinstance(block, Missing) for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A versioned document. `notices` stand above everything else (draft, not reviewable)."""

    title: Words
    version: Words
    notices: tuple[Words, ...]
    changes: tuple[Words, ...]  # since the previous version
    sections: tuple[Section, ...]
