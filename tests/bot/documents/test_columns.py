"""The columns of a long table get their widths before it is laid out; those of a short one do not."""

from bot.documents.columns import LONG, shares

HEAD = ("Fiche", "Quoi", "Taille", "Pourquoi")


def row(n: int) -> tuple[str, ...]:
    return (f"REQ-{n}", "retrouver le dernier échange", "1", "ne pas redemander " * 4)


def test_what_there_is_most_to_read_of_gets_the_most_room() -> None:
    number, what, size, why = shares(HEAD, [row(n) for n in range(LONG)])
    assert round(number + what + size + why) == 100
    assert size < number < what < why


def test_a_short_table_is_measured_by_the_press() -> None:
    assert shares(HEAD, [row(n) for n in range(LONG - 1)]) == ()


def test_no_word_is_too_long_for_a_table_and_no_cell_too_empty() -> None:
    wide = [("x" * 400, "", "", "") for _ in range(LONG)]
    assert all(share > 0 for share in shares(HEAD, wide))
    assert round(sum(shares(HEAD, [("", "", "", "")] * LONG))) == 100
