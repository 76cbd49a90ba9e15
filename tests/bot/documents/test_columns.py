"""The columns of a table as wide as what they hold."""

from bot.documents.columns import shares

HEAD = ("Fiche", "Quoi", "Taille", "Pourquoi")


def row(n: int) -> tuple[str, ...]:
    return (f"REQ-{n}", "retrouver le dernier échange", "1", "ne pas redemander " * 4)


def test_what_there_is_most_to_read_of_gets_the_most_room() -> None:
    number, what, size, why = shares(HEAD, [row(n) for n in range(500)])
    assert round(number + what + size + why) == 100
    assert max(size, number) < what < why


def test_no_word_is_too_long_for_a_table_and_no_cell_too_empty() -> None:
    for rows in ([], [("", "", "", "")], [("x" * 400, "", "", "y" * 400)]):
        found = shares(HEAD, rows)
        assert round(sum(found)) == 100
        assert min(found) > 1


def test_a_heading_in_bold_is_not_broken_in_a_wider_font() -> None:
    """Word breaks a word of a column that is too narrow: "Recor-d". Other fonts are wider."""
    head = ("Record", "Step", "What is planned", "Why", "By when")
    room = [share / 100 * 106 for share in shares(head, [(*row(n), "—") for n in range(5)])]
    assert room[0] >= 6 * 1.2 + 1
    assert room[2] >= 7 * 1.2 + 1
    assert room[4] >= 4 * 1.2 + 1
