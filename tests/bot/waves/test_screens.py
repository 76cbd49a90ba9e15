"""The screens of an anonymous wave: what is promised, what the form alone carries, what stops it (5.3)."""

from tests.bot.surfaces.stage import (
    INES,
    PAUL,
    SOFIA,
    Town,
)
from tests.bot.waves.polling import fills_in, founds, invitation, opens, rows


async def test_19_the_word_anonymous_stands_on_every_screen(place: Town) -> None:
    opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    assert ines.sees("1 sur 3", "Vos réponses s’ajoutent aux totaux du groupe", "Clôture le mardi 20 janvier")
    seen = []
    while "submit" in ines.modal:
        assert ines.sees("Anonyme")
        seen.append(ines.modal["submit"]["text"])
        await fills_in(ines, place, "D07", {})
        await ines.sends()
    assert seen == ["Suite", "Suite", "Envoyer définitivement"]
    assert ines.sees("C’est enregistré, merci", "ni retrouvé, ni modifié, ni retiré")


async def test_an_anonymous_scale_ends_with_no_answer(place: Town) -> None:
    opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    scale = next(block for block in ines.modal["blocks"] if block["block_id"] == "BEL01")
    offered = [option["text"]["text"] for option in scale["element"]["options"]]
    assert offered == ["Jamais", "Rarement", "Parfois", "Souvent", "Sans cesse", "Sans réponse"]
    assert not scale["optional"]


async def test_how_it_works_tells_the_limit(place: Town) -> None:
    opens(place, founds(place))
    sofia = place.person(SOFIA)
    await sofia.presses("How it works", on=invitation(place, SOFIA))
    assert sofia.sees("Only someone who runs the server, holds its key and watches it")


async def test_back_shows_what_was_answered_and_the_form_alone_carries_it(place: Town) -> None:
    opens(place, founds(place))
    invitation(place, INES)
    before = rows(place)
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    await fills_in(ines, place, "D07", {"BEL01": "5"})
    await ines.sends()
    assert "BEL01" not in str(ines.modal["private_metadata"])
    await ines.presses("Retour")
    first = next(block for block in ines.modal["blocks"] if block["block_id"] == "BEL01")
    assert first["element"]["initial_option"]["value"] == "5"
    ines.typed.clear()
    after = rows(place)
    assert {name: after[name] - n for name, n in before.items() if after[name] != n} == {}


async def test_a_long_text_makes_no_form_too_long(place: Town) -> None:
    opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    for _ in range(2):
        await fills_in(ines, place, "D07", {})
        await ines.sends()
    await fills_in(ines, place, "D07", {"BEL07": "é" * 1500})
    before = ines.modal
    await ines.presses("Retour")
    assert ines.modal == before, "it stays where it is, with the text"
    await ines.sends()
    assert ines.sees("C’est enregistré")


async def test_a_question_without_answer_stops_the_screen_and_says_so(place: Town) -> None:
    opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    ines.fills({"BEL01": "3"})
    await ines.sends()
    assert set(ines.errors) == {f"BEL0{n}" for n in range(2, 7)}
    assert "Sans réponse" in ines.errors["BEL02"]


async def test_a_form_of_somebody_else_carries_nothing_over(place: Town) -> None:
    """A copied private_metadata is bound to its person: it opens as if empty."""
    opens(place, founds(place))
    ines, paul = place.person(INES), place.person(PAUL)
    await ines.presses("Répondre", on=invitation(place, INES))
    await fills_in(ines, place, "D07", {})
    await ines.sends()
    paul.typed = ines.typed
    await paul.sends()
    assert paul.sees("1 sur 3")
    assert rows(place, "ballot_ledger") == {"ballot_ledger": 0}
