"""Every phrase of the surfaces reaches the catalogue: the extractor does not look inside another phrase's
arguments or an f-string, so a phrase written there would stay English without a word."""

import ast
from pathlib import Path

from babel.messages.extract import extract_from_file

BOT = Path(__file__).parents[3] / "bot"
KEYWORDS = {"w": None, "md": None, "N_": None, "_": None, "plural": (1, 2), "plural_md": (1, 2)}


def written(path: Path) -> set[str]:
    """Phrases as Python sees them."""
    return {
        call.args[0].value
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and name(call.func) in KEYWORDS and call.args
        and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }  # fmt: skip


def name(func: ast.expr) -> str:
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


def extracted(path: Path) -> set[str]:
    """Phrases as the catalogue sees them."""
    found = (message for _, message, _, _ in extract_from_file("python", path, keywords=KEYWORDS))
    return {each for message in found for each in (message if isinstance(message, tuple) else (message,))}


def test_the_extractor_sees_every_phrase() -> None:
    hidden = {
        f"{path.relative_to(BOT)}: {phrase}"
        for path in BOT.rglob("*.py")
        for phrase in written(path) - extracted(path)
        if phrase.strip()
    }
    assert not hidden, f"say these before, and not inside another call: {sorted(hidden)}"
