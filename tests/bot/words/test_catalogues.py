"""Every phrase exists in English and in French (journeys 8.10, acceptance point 40)."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[3] / "bot"
KEYWORDS = {
    "w": None, "md": None, "N_": None, "_": None,
    "plural": (1, 2), "plural_md": (1, 2), "p": ((1, "c"), 2),
}  # fmt: skip
Phrase = tuple[str, ...]


def phrases_of_the_code() -> dict[Phrase, str]:
    """(context, phrase, plural) of every phrase, with where it stands."""
    found: dict[Phrase, str] = {}
    files = [(path, "python") for path in ROOT.rglob("*.py")]
    files += [(path, "jinja2.ext:babel_extract") for path in ROOT.rglob("*.j2")]
    for path, method in files:
        for line, message, _, context in extract_from_file(method, path, keywords=KEYWORDS):
            ids = message if isinstance(message, tuple) else (message,)
            if ids[0] and re.search(r"[A-Za-z]{2}", ids[0]):
                found[(context or "", *ids)] = f"{path.relative_to(ROOT.parent)}:{line}"
    return found


def phrases_of_the_catalogues() -> dict[Phrase, tuple[str, ...]]:
    """The same keys, with the French forms."""
    found: dict[Phrase, tuple[str, ...]] = {}
    for path in catalogues():
        found |= in_catalogue(path)
    return found


def catalogues() -> list[Path]:
    """The French catalogues, one for each capability."""
    return sorted((ROOT / "words" / "locale" / "fr" / "LC_MESSAGES").glob("*.po"))


def in_catalogue(path: Path) -> dict[Phrase, tuple[str, ...]]:
    """(context, phrase, plural) of each phrase of one of them, with its French forms."""
    found: dict[Phrase, tuple[str, ...]] = {}
    with path.open("rb") as file:
        for message in read_po(file, locale="fr", abort_invalid=True):
            ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
            forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
            if ids[0]:
                found[(message.context or "", *ids)] = tuple(forms)
    return found


def po_lines(phrase: Phrase) -> str:
    """What to add to a catalogue for a phrase."""
    context, *ids = phrase
    head = f'msgctxt "{context}"\n' if context else ""
    quoted = [text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for text in ids]
    if len(quoted) == 1:
        return f'{head}msgid "{quoted[0]}"\nmsgstr ""\n'
    return f'{head}msgid "{quoted[0]}"\nmsgid_plural "{quoted[1]}"\nmsgstr[0] ""\nmsgstr[1] ""\n'


def test_every_phrase_has_its_french() -> None:
    known = {phrase for phrase, forms in phrases_of_the_catalogues().items() if all(forms)}
    missing = {p: at for p, at in phrases_of_the_code().items() if p not in known}
    assert not missing, "\n".join(f"#: {at}\n{po_lines(phrase)}" for phrase, at in missing.items())


def test_no_french_phrase_is_left_over() -> None:
    left = set(phrases_of_the_catalogues()) - set(phrases_of_the_code())
    assert not left, f"no longer said anywhere: {sorted(left)}"


@pytest.mark.parametrize("phrase", sorted(phrases_of_the_catalogues()))
def test_both_languages_name_the_same_values(phrase: Phrase) -> None:
    _, *ids = phrase
    for form in phrases_of_the_catalogues()[phrase]:
        wanted = {frozenset(re.findall(r"{(\w+)}", one)) for one in ids}
        assert frozenset(re.findall(r"{(\w+)}", form)) in wanted, f"{form!r} for {ids}"


def test_french_is_stored_without_typography() -> None:
    """No-break spaces and curly apostrophes: the first are added when rendering, the second are typed."""
    for phrase, forms in phrases_of_the_catalogues().items():
        for form in forms:
            assert not re.search("[\u00a0\u202f]", form), f"no-break space in the French of {phrase}"
            assert not re.search(r"\w'\w", form), f"straight apostrophe in the French of {phrase}"


def test_a_phrase_has_one_french_wherever_it_stands() -> None:
    """Catalogues are read as one: of two translations of a phrase only one would be seen, anywhere."""
    seen: dict[Phrase, dict[tuple[str, ...], str]] = {}
    for path in catalogues():
        for phrase, forms in in_catalogue(path).items():
            seen.setdefault(phrase, {}).setdefault(forms, path.name)
    twice = {phrase: found for phrase, found in seen.items() if len(found) > 1}
    assert not twice, "give one of them a context: w.p(…)"
