"""What a YAML text says: plain values, read as YAML 1.2, and the line each of them stands on.

Parsed by libyaml, twenty times as fast as in Python, and it knows the lines too. Its own words are those of
YAML 1.1, where `no` is false, `010` is eight and `12:30` is a number; so what a word is stands in a table
here: the core schema of YAML 1.2, with days and moments beside it. Opens no file.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml

Step = str | int
_YAML = "tag:yaml.org,2002:"
#: What a word without quotes is, by its first letters and its shape; anything else is text.
SHAPES: tuple[tuple[str, str, list[str | None]], ...] = (
    ("bool", r"(true|True|TRUE|false|False|FALSE)", list("tTfF")),
    ("null", r"(~|null|Null|NULL|)", ["~", "n", "N", ""]),
    ("int", r"([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)", list("-+0123456789")),
    (
        "float",
        r"([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))",
        list("-+.0123456789"),
    ),
    (
        "timestamp",
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)?",
        list("0123456789"),
    ),
    ("merge", r"<<", ["<"]),
)


class Unreadable(Exception):
    """A text that is no YAML: on which line (from 1; None when that is not known), and why, in English."""

    def __init__(self, line: int | None, why: str) -> None:
        self.line, self.why = line, why
        super().__init__(why if line is None else f"line {line}: {why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a text says: `values` made of dicts, lists, words, numbers, days and moments."""

    values: Any
    _root: yaml.Node | None

    def lines(self, place: Iterable[Step]) -> Iterator[tuple[int, Any]]:
        """The line (from 1) and the value of each step of `place`, as far as the text goes."""
        node, value = self._root, self.values
        for step in place:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return
            line, node = _step(node, step)
            yield line + 1, value


def parse(text: str) -> Written:
    """What `text` says. Raises Unreadable."""
    try:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
            return Written(values=None if root is None else loader.construct_document(root), _root=root)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # libyaml counts a line more where a text ends without a line break
        line = None if mark is None else min(mark.line, text.count("\n")) + 1
        raise Unreadable(line, error.problem or "") from None
    except yaml.YAMLError as error:
        raise Unreadable(None, str(error)) from None


def _step(node: Any, step: Step) -> tuple[int, yaml.Node]:
    """The line (from 0) of what stands under `step`, and its node: a key's own line, or an entry's. The last
    of a key stands for it: what `<<` brings in comes before."""
    if isinstance(node, yaml.SequenceNode):
        return node.value[step].start_mark.line, node.value[step]
    return next((k.start_mark.line, v) for k, v in reversed(node.value) if k.value == str(step))


class _Loader(yaml.CSafeLoader):
    """PyYAML's loader with the words of YAML 1.2, which takes no key twice."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML asks for its own name, and for each class its own

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        """As PyYAML does; a key that stands there twice is a mistake and not a second thought."""
        keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        known: set[tuple[str, str]] = set()
        for key in keys:
            if (key.tag, key.value) in known:
                raise _mistake("found duplicate key", key)
            known.add((key.tag, key.value))
        return super().construct_mapping(node, deep)


def _mistake(why: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.constructor.ConstructorError(None, None, why, node.start_mark)


def _whole(word: str) -> int:
    return int(word, 0 if word[:2] in {"0o", "0x"} else 10)


def _number(word: str) -> float:
    return float(re.sub(r"\.(?=[inIN])", "", word))


def _day(word: str) -> date:
    return (datetime if len(word) > len("2026-11-23") else date).fromisoformat(word)


def _made(of: Callable[[str], Any]) -> Callable[[Any, yaml.ScalarNode], Any]:
    """Makes a value of a word; one that only looks like it is a mistake on its line."""

    def make(_: Any, node: yaml.ScalarNode) -> Any:
        try:
            return of(node.value)
        except ValueError as error:
            raise _mistake(str(error), node) from None

    return make


for _tag, _shape, _first in SHAPES:
    _Loader.add_implicit_resolver(_YAML + _tag, re.compile(_shape + r"\Z"), _first)
for _tag, _of in {"int": _whole, "float": _number, "timestamp": _day}.items():
    _Loader.add_constructor(_YAML + _tag, _made(_of))
