"""The log: found by words without accents, filtered, page by page, and only what one may read."""

from typing import Any

from sqlalchemy import Connection, select

from flows.dialogue.effects import Draft, Record, Source
from flows.register.finding import Wanted, typed
from flows.words import Words
from storage import bringing, finding, recording
from storage import project as projects
from storage.finding import Reader
from storage.recording import Task
from storage.tables import log_entry, record
from tests.storage.scoping import ANNE, CLAIRE, JULIE, KARIM, NOW, Scoping, T

SPONSOR = Reader(user=CLAIRE, roles=frozenset({"sponsor", "team_all"}))
MEMBER = Reader(user=JULIE, roles=frozenset({"team", "front"}))


def notes(scoping: Scoping, *drafts: Draft, source: str = "BYHAND") -> None:
    """These records, and no others, come from this source."""

    def write(conn: Connection) -> None:
        project = scoping.project
        where = Source(dialogue="", question=source, respondent="")
        effect = Record(source=where, drafts=drafts)
        known = recording.known(conn, workspace=T, dialogue_id="", effects=(effect,))
        task = Task(
            conn=conn, workspace=T, project_id=project, dialogue_id="", now=NOW, by=CLAIRE, known=known
        )
        recording.record(task, effect)

    scoping.db.run_sync(write)


def draft(title: str, item: str, kind: Any = "decision", **more: Any) -> Draft:
    return Draft(kind=kind, item=item, title=Words.same(title), status=more.pop("status", "accepted"), **more)


def finds(
    scoping: Scoping, *words: str, reader: Reader | None = SPONSOR, after: int = 0, most: int = 10, **by: Any
) -> list[str]:
    lines = pages(scoping, typed(words) if not by else Wanted(**by), reader, after, most)
    return [line.record.ref for line in lines]


def pages(
    scoping: Scoping, wanted: Wanted, reader: Reader | None, after: int = 0, most: int = 10
) -> list[finding.Line]:
    here = {"workspace": T, "project_id": scoping.project}
    return scoping.db.read_sync(finding.page, **here, wanted=wanted, reader=reader, after=after, most=most)


def test_words_are_found_without_accents_or_case_whatever_the_order_and_by_their_beginning(
    scoping: Scoping,
) -> None:
    notes(
        scoping,
        draft("L’éditeur héberge les données", "1", fields={"reason": "Cœur de métier, ERP « maison »"}),
        draft("Le pilote choisit", "2", kind="issue", status="open"),
    )
    for words in (
        ["EDITEUR"],
        ["éditeurs"[:7], "coeur"],
        ["métier", "erp"],
        ["donnees", "l'éditeur"],
        ["dec-1"],
    ):
        assert finds(scoping, *words) == ["DEC-1"], words
    assert finds(scoping, "itor") == []  # not from within a word
    assert finds(scoping, "editeur", "pilote") == []  # all of them
    assert finds(scoping, "question", "open") == ["ISS-1"]
    for hostile in ('"', "' OR 1=1", "a*b & ! | ( )", "log_text", "NEAR(a b)", "\\", "-", "%", ":*"):
        assert finds(scoping, hostile) in ([], ["ISS-1", "DEC-1"])


def test_a_page_begins_after_the_last_line_of_the_one_before(scoping: Scoping) -> None:
    notes(scoping, *(draft(f"Point {n} du plan", str(n)) for n in range(1, 26)))
    for wanted in (Wanted(), typed(["plan"]), Wanted(kind="decision")):
        seen: list[str] = []
        after = 0
        while lines := pages(scoping, wanted, SPONSOR, after):
            seen += [line.record.ref for line in lines]
            after = lines[-1].place
        assert seen == [f"DEC-{n}" for n in range(25, 0, -1)]


def test_what_only_old_records_say_is_found_among_many_newer_ones(scoping: Scoping) -> None:
    """Beyond what is looked through line by line; and never what another project says."""
    many = [draft(f"Rare zéphyr {n}", str(n), kind="issue", status="open") for n in range(1, 4)]
    many += [draft(f"Point {n}", f"p{n}", kind="issue", status="open") for n in range(finding.NEWEST + 20)]
    here = {"workspace": T, "project_id": scoping.project}
    for start in range(0, len(many), bringing.MOST):
        scoping.db.run_sync(bringing.bring, **here, drafts=many[start : start + bringing.MOST], now=NOW)
    other = scoping.db.run_sync(
        projects.create,
        workspace=T,
        channel="C0AUTRE",
        language="fr",
        facilitator=CLAIRE,
        name="Autre",
        now=NOW,
    )
    theirs = {"workspace": T, "project_id": other}
    scoping.db.run_sync(bringing.bring, **theirs, drafts=[draft("Zéphyr ailleurs", "9")], now=NOW)
    assert finds(scoping, "zephyr") == ["ISS-3", "ISS-2", "ISS-1"]
    assert finds(scoping, "zephyr", "rare", most=2) == ["ISS-3", "ISS-2"]
    assert finds(scoping, "point", most=2) == ["ISS-523", "ISS-522"]
    assert finds(scoping, "zephyr", "point") == []


def test_the_filters_leave_out_what_they_name(scoping: Scoping) -> None:
    notes(
        scoping,
        draft("Un", "1", owner=KARIM, fields={"family": "2"}),
        draft("Deux", "2", kind="issue", status="open", owner=ANNE, fields={"family": "3"}),
        draft("Trois", "3", kind="issue", status="resolved", owner=KARIM),
    )
    assert finds(scoping, kind="issue") == ["ISS-2", "ISS-1"]
    assert finds(scoping, status="resolved") == ["ISS-2"]
    assert finds(scoping, owner=KARIM) == ["ISS-2", "DEC-1"]
    assert finds(scoping, family="3") == ["ISS-1"]
    assert finds(scoping, runs=()) == []
    notes(scoping, draft("Un", "1", owner=KARIM, fields={"family": "2"}))  # the others are withdrawn
    assert finds(scoping) == ["DEC-1"]
    assert finds(scoping, status="withdrawn") == ["ISS-2", "ISS-1"]


def test_nobody_finds_what_is_not_for_them(scoping: Scoping) -> None:
    notes(
        scoping,
        draft("Prime à revoir", "1", restricted=True),
        draft("Prime de Karim", "2", restricted=True, seen_by=("hr",), owner=KARIM),
        draft("Prime connue", "3"),
    )
    assert finds(scoping, "prime") == ["DEC-3", "DEC-1"]
    assert finds(scoping, "prime", reader=MEMBER) == ["DEC-3"]
    assert finds(scoping, "prime", reader=Reader(user=KARIM, roles=frozenset({"team"}))) == ["DEC-3", "DEC-2"]
    assert finds(scoping, "prime", reader=None) == ["DEC-3", "DEC-2", "DEC-1"]
    nobody = Reader(user="U0NOBODY", roles=frozenset())
    assert finds(scoping, "prime", reader=nobody) == [
        "DEC-3"
    ]  # policy, not the log, says who may read at all


def test_what_waits_for_a_dialogue_to_close_is_found_by_whoever_said_it(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    rows = [
        {"statement": "Répondre vite", "indicator": "h", "baseline": "4", "target": "2", "due": "2027-06-01"}
    ]
    made = scoping.submits(d02, CLAIRE, "strategic", OBJ02=rows).created
    source = made[0].source
    waiting = {"waiting": (source,), "points": ("issue",)}
    assert finds(scoping, "repondre", reader=Reader(user=JULIE, roles=frozenset({"team"}), **waiting)) == []
    assert made[0].respondent in ("", CLAIRE)
    if made[0].respondent:
        assert finds(scoping, "repondre", reader=Reader(user=CLAIRE, roles=frozenset(), **waiting)) == [
            "GOA-1"
        ]
    assert finds(scoping, "repondre", reader=MEMBER) == ["GOA-1"]


def every_line(conn: Connection, project: str) -> list[dict[str, Any]]:
    query = select(log_entry).where(log_entry.c.workspace == T, log_entry.c.project_id == project)
    lines = [
        dict(row._mapping) for row in conn.execute(query.order_by(log_entry.c.prefix, log_entry.c.number))
    ]
    return [{key: value for key, value in line.items() if key != "id"} for line in lines]


def every_record(conn: Connection, project: str) -> list[dict[str, Any]]:
    query = select(record).where(record.c.workspace == T, record.c.project_id == project)
    return [finding.line(row) for row in conn.execute(query.order_by(record.c.prefix, record.c.number))]


def test_every_write_of_a_dialogue_keeps_the_line_of_the_log_in_step(scoping: Scoping) -> None:
    """Made, changed, withdrawn, unknown, settled, and amended by another question."""
    d11 = scoping.opens("D11")
    need = {"why": "to answer at once", "function": "service"}
    scoping.submits(d11, ANNE, "needs", NEE01=[{"need": "See orders", **need}, {"need": "See calls", **need}])
    scoping.db.run_sync(scoping_part, id=d11)
    scoping.submits(d11, CLAIRE, "board", NEE02={"REQ-1": "M", "REQ-2": "S"})
    d02 = scoping.opens("D02")
    scoping.does_not_know(d02, ANNE, "OBJ06")
    scoping.submits(d02, ANNE, "reasons", OBJ05="pain", OBJ06="yes", OBJ07=3)
    lines = scoping.db.read_sync(every_line, scoping.project)
    assert lines == scoping.db.read_sync(every_record, scoping.project)
    assert {line["kind"] for line in lines} >= {"need", "issue"}


def scoping_part(conn: Connection, *, id: str) -> None:
    from storage import dialogue  # noqa: PLC0415

    dialogue.send_part(conn, workspace=T, id=id, part="W06")
