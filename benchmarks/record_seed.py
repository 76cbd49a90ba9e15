"""Records to measure with: a file of as many as one likes, a project to bring them into, open issues."""

from datetime import UTC, datetime
from pathlib import Path

from flows.dialogue.effects import Draft
from flows.project import Project
from flows.words import Words
from storage import bringing
from storage import project as projects
from storage.database import Database

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HERE, USER = "T0BENCH", "U0ANN"
SUBJECTS = ("l’éditeur", "les données", "le pilote", "la reprise", "l’intégrateur", "les droits", "le budget")


def written(table: Path, many: int) -> None:
    """A CSV of this many records: every third an issue, seven subjects, one word that one of them has."""
    with table.open("w", encoding="utf-8") as out:
        out.write("Kind,Title,Because,Owner,Due\n")
        for n in range(many):
            what = SUBJECTS[n % len(SUBJECTS)]
            rare = " zephyr" if n == many // 2 else ""
            kind = "decision" if n % 3 else "issue"
            why = f"Parce que {what} coûte {n} €"
            out.write(f'{kind},"Point {n} : choisir {what}{rare}","{why}",,2027-01-15\n')


def founded(db: Database) -> Project:
    """A project of one person."""
    id = db.run_sync(projects.create, workspace=HERE, channel="C0", language="fr", facilitator=USER,
                     name="Bench", now=NOW)  # fmt: skip
    found = db.read_sync(projects.get, workspace=HERE, id=id)
    assert found is not None
    return found


def open_issues(db: Database, project: Project, many: int) -> None:
    """This many open issues, all of them due, all of them that person's."""
    drafts = [
        Draft(kind="issue", item=str(n), title=Words.same(f"Issue {n}"), owner=USER, due=NOW.date())
        for n in range(many)
    ]
    here = {"workspace": project.workspace, "project_id": project.id}
    db.run_sync(bringing.bring, **here, drafts=drafts, now=NOW)
