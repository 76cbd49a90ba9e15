"""What a document is made of, before any format: sections of blocks, in both languages."""

from dataclasses import dataclass

from flows.words import Words

#: The sections of the scoping note (DOC1), in their order.
SECTIONS = tuple(f"N{number:02}" for number in range(1, 26))
SIGN_OFF = SECTIONS[-1]
SHORT = 9  # sections up to which a document has neither a cover nor contents
#: What fills a gap that only the next diagnosis fills.
DIAGNOSIS = "diagnosis"

#: Around what a person typed within a sentence of ours; two code points nobody can type.
TYPED = ("\ue000", "\ue001")
#: Around the id of a person whose name of today is put in when the document is read.
NAMED = ("\ue002", "\ue003")


def typed(text: str | Words) -> str | Words:
    """What may have been typed, for a sentence of ours: typography leaves it as written. Words that differ
    between the languages are ours."""
    if isinstance(text, Words) and text.en != text.fr:
        return text
    plain = text.en if isinstance(text, Words) else text
    return TYPED[0] + plain + TYPED[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph; `label` stands before it, as the name of what is said. `origin`: which answer it comes
    from and how strong it is ("OBJ05, 8 answers"); None where the words carry their record themselves."""

    words: Words
    label: Words | None = None
    origin: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of points. `label` stands above them; `origin` as for a paragraph."""

    items: tuple[Words, ...]
    label: Words | None = None
    origin: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of facts. The first column is the record id wherever there is one (7.1). `over`: what it says
    holds no more, and is set in grey (7.7)."""

    label: Words
    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    origin: Words | None = None
    over: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What is missing, said in place (7.1). `question` is the id of what fills it: a question, "form:…" for
    what a form of its own asks, a workshop, a rule, a record ("TSK-5"), DIAGNOSIS; "" where nothing in
    particular does. `blocking`: the document cannot be issued without it."""

    words: Words
    question: str = ""
    blocking: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing, and the same in words for whoever does not see it. `drawing`: SVG of ours, in each language;
    what people typed in it is escaped."""

    label: Words
    alt: Words
    drawing: Words


def _headed(label: Words) -> Words:
    """Words that stand alone begin with a capital."""
    return Words(*(f"{text[:1].upper()}{text[1:]}" for text in (label.en, label.fr)))


Block = Paragraph | Bullets | Table | Missing | Figure


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

    @property
    def labelled(self) -> tuple[tuple[Block, Words | None], ...]:
        """Each block with what it is called; None where that has just been said, by the section or the block
        above it."""
        found, above = [], self.title
        for block in self.blocks:
            label = None if isinstance(block, Missing) else block.label
            found.append((block, _headed(label) if label is not None and label != above else None))
            above = label or above
        return tuple(found)

    @property
    def blocked(self) -> bool:
        """Something is missing in it without which the document cannot be issued."""
        return any(isinstance(block, Missing) and block.blocking for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A versioned document. `notices` stand above everything else (draft, not reviewable)."""

    title: Words
    version: Words
    notices: tuple[Words, ...]
    changes: tuple[Words, ...]  # since the previous version
    sections: tuple[Section, ...]

    @property
    def long(self) -> bool:
        """Whether it has a cover and contents of its own; what is shorter is read from top to bottom."""
        return len(self.sections) > SHORT

    @property
    def blocked(self) -> tuple[Section, ...]:
        """The sections that keep it from being issued."""
        return tuple(section for section in self.sections if section.blocked)

    @property
    def gaps(self) -> int:
        """How many things it prints as missing. Those of the sign-off are none: it comes last."""
        filled = (section for section in self.sections if section.id != SIGN_OFF)
        return sum(isinstance(block, Missing) for section in filled for block in section.blocks)
