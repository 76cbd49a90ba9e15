"""The checkout holds nothing it should not: addresses of registries, lock files, paths of a machine."""

import ast
import re

import pytest

from tests.project.checkout import PACKAGES, modules, name, tracked

LOCK_FILES = {
    "uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "package-lock.json", "npm-shrinkwrap.json",
    "yarn.lock", "pnpm-lock.yaml",
}  # fmt: skip
#: Split, so that this file does not find itself.
FOREIGN = re.compile(
    "|".join((
        "--(extra-)?" + "index-url", "--find-" + "links", r'"resolved": *"' + "http",
        "registry *= *.?.?" + "http", "/work/" + "(main|steering|shared)", "/ro" + "ot/", "/ho" + r"me/\w+/",
        "files.python" + "hosted", "pypi." + "org/simple",
    ))
)  # fmt: skip
BINARY = {".png", ".woff2", ".ico", ".jpg", ".mo", ".gz"}

#: Long files that are one thing all the same, each with its reason. A screenful is the aim.
LONG: dict[str, str] = {}
LONGEST = 400


def test_no_lock_file_is_tracked() -> None:
    assert [name(path) for path in tracked() if path.name in LOCK_FILES] == []


def test_no_registry_address_and_no_path_of_a_machine_is_tracked() -> None:
    found = [
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        if path.suffix not in BINARY
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert found == []


def test_every_pin_of_the_requirement_files_has_a_hash() -> None:
    for path in tracked():
        if path.name.startswith("requirements") and path.suffix == ".txt":
            pins = re.findall(r"^[a-z0-9][^\s=]*==\S+.*\\\n +--hash=sha256:", path.read_text(), re.MULTILINE)
            lines = re.findall(r"^[a-z0-9]", path.read_text(), re.MULTILINE)
            assert len(pins) == len(lines) > 0


def test_both_requirement_files_pin_the_same_versions() -> None:
    pins = {
        file: dict(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;\\]+)", path.read_text(), re.MULTILINE))
        for path in tracked()
        if (file := path.name) in {"requirements.txt", "requirements-dev.txt"}
    }
    run, dev = pins["requirements.txt"], pins["requirements-dev.txt"]
    assert run.items() <= dev.items()


def test_every_file_says_its_one_job_first() -> None:
    assert [where for where, tree in modules() if tree.body and not ast.get_docstring(tree)] == []


def test_everything_public_has_a_docstring() -> None:
    bare = []
    for where, tree in modules():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                bare += [f"{where}: {missing}" for missing in _undescribed(node)]
    assert bare == []


def _undescribed(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> list[str]:
    if node.name.startswith("_"):
        return []
    found = [] if ast.get_docstring(node) else [node.name]
    if isinstance(node, ast.ClassDef):
        inherits = any(not isinstance(base, ast.Name) or base.id != "Protocol" for base in node.bases)
        for inner in node.body:
            public = isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and inner.name[:1] != "_"
            if public and not inherits and not ast.get_docstring(inner):
                found.append(f"{node.name}.{inner.name}")
    return found


def test_no_file_of_the_packages_is_too_long_without_a_reason() -> None:
    lengths = {
        name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked()
        if path.suffix == ".py"
        and name(path).startswith(tuple(f"{package}/" for package in PACKAGES))
        and "/versions/" not in name(path)
    }
    assert {w: n for w, n in lengths.items() if n > LONGEST and w not in LONG} == {}
    assert [w for w in LONG if lengths.get(w, 0) <= LONGEST] == [], "no longer long: take it off the list"


def test_nothing_waits_to_be_finished() -> None:
    words = re.compile(r"# ?TO" + "DO|# ?FIX" + "ME|raise NotImpl" + "emented|xfa" + "il")
    found = [
        f"{name(path)}: {match[0]}"
        for path in tracked()
        if path.suffix == ".py"
        for match in words.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("package", ["bot", "flows", "storage", "sandbox"])
def test_nothing_is_read_from_the_environment_when_imported(package: str) -> None:
    found = [
        where
        for where, tree in modules()
        if where.startswith(f"{package}/")
        for node in tree.body
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute) and part.attr in {"environ", "getenv"} and _not_guarded(node)
    ]
    assert found == []


def _not_guarded(node: ast.stmt) -> bool:
    """False for `if __name__ == "__main__":`, which runs and is not imported."""
    return not (isinstance(node, ast.If) and "__main__" in ast.dump(node.test))
