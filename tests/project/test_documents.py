"""The README and the documentation keep their word: commands exist, links lead somewhere."""

import re
import tomllib

import pytest

from bot.settings import ELSEWHERE, variables
from tests.project.checkout import ROOT, name, pages, text

READMES = ("README.md", "README.fr.md")


def targets() -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))


def version() -> str:
    """What pyproject.toml says."""
    return str(tomllib.loads(text("pyproject.toml"))["project"]["version"])


@pytest.mark.parametrize("readme", READMES)
def test_the_first_two_commands_of_the_readme_are_demo_and_test(readme: str) -> None:
    assert re.findall(r"^(make .+)$", text(readme), re.MULTILINE)[:2] == ["make demo", "make test"]


def test_every_make_command_that_is_written_down_exists() -> None:
    said = {
        (name(path), found)
        for path in pages()
        for found in re.findall(r"(?:^|`)make ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert sorted(f"{where}: make {what}" for where, what in said if what not in targets()) == []


def test_make_describes_every_target_people_use() -> None:
    described = set(re.findall(r"^([a-z-]+):.*## ", text("Makefile"), re.MULTILINE))
    used = "demo test check bench faults screenshots preview requirements image clean"
    assert set(used.split()) <= described


def test_every_link_between_documents_leads_to_a_file() -> None:
    broken = []
    for path in pages():
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target) and not (path.parent / target).exists():
                broken.append(f"{name(path)} → {target}")
    assert broken == []


@pytest.mark.parametrize("folder", ["docs/decisions", "docs/how-to"])
def test_every_page_of_a_folder_is_in_its_index(folder: str) -> None:
    here = {path.name for path in (ROOT / folder).glob("*.md")} - {"index.md"}
    assert here == set(re.findall(r"\]\(([\w-]+\.md)\)", text(f"{folder}/index.md")))


def test_every_test_that_bad_input_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", text("docs/bad-input.md")))
    there = {
        found
        for path in (ROOT / "tests").rglob("test_*.py")
        for found in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }
    assert named
    assert sorted(named - there) == []


def test_every_decision_says_context_decision_and_cost() -> None:
    for path in (ROOT / "docs/decisions").glob("*.md"):
        if path.name != "index.md":
            page = path.read_text(encoding="utf-8")
            assert page.startswith("# ")
            assert [w for w in ("Context", "Decision", "Cost") if f"**{w}.**" not in page] == [], path.name


def test_every_recipe_opens_with_the_files_to_touch() -> None:
    for path in (ROOT / "docs/how-to").glob("*.md"):
        if path.name != "index.md":
            assert path.read_text(encoding="utf-8").split("\n\n")[1].startswith("**Files to touch:**"), (
                path.name
            )


def test_every_file_a_recipe_names_exists() -> None:
    missing = [
        f"{path.name}: {named}"
        for path in (ROOT / "docs/how-to").glob("*.md")
        for named in re.findall(
            r"`((?:bot|flows|storage|sandbox|tests|docs|tools)/[\w./-]+)`", path.read_text(encoding="utf-8")
        )
        if not (ROOT / named).exists()
    ]
    assert missing == []


def test_every_document_is_reached_from_the_index_of_docs() -> None:
    index = text("docs/index.md")
    top = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert {page for page in top if f"({page})" not in index} == set()


def test_every_setting_is_described() -> None:
    page = text("docs/settings.md")
    assert [each for each in (*variables(), *ELSEWHERE) if f"`{each}`" not in page] == []
    known = {*variables(), *ELSEWHERE}
    assert set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE)) == known


def test_the_changelog_knows_the_current_version() -> None:
    assert f"\n## {version()}" in text("CHANGELOG.md")


def test_glossary_terms_are_each_explained_once() -> None:
    terms = re.findall(r"^\| ([^|]+) \|", text("docs/glossary.md"), re.MULTILINE)
    words = [term for term in terms if term not in {"English", "Word"} and not term.startswith("--")]
    assert len(words) == len(set(words)) > 60


def test_markdown_has_no_tabs_and_no_trailing_blanks() -> None:
    untidy = [
        name(path)
        for path in pages()
        if any(
            "\t" in line or (line != line.rstrip()) for line in path.read_text(encoding="utf-8").splitlines()
        )
    ]
    assert untidy == []
