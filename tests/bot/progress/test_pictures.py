"""How a project goes, in pictures: charts of Slack's own kind with the same in words, and gaps that stay."""

from datetime import UTC, date, datetime

from bot.progress import stairs
from bot.words import curves
from bot.words.curves import Curves, Line
from bot.words.drawing import png
from bot.words.text import words
from flows.digest.pulse import Stair
from flows.words import Words
from storage import reply
from tests.bot.surfaces.stage import BOREAL, ELODIE, HUGO, INES, PAUL, WORKSPACE, Posted, Town, flat
from tests.bot.surfaces.test_invitations import invited
from tests.bot.waves.polling import TEAM, closes, founds, opens, votes

PNG = b"\x89PNG"
STEPS = [Words.same(one) for one in ("Comprendre", "Vouloir", "Savoir")]


def charts(post: Posted) -> list[dict[str, object]]:
    return [block["chart"] for block in post.message.blocks if block["type"] == "data_visualization"]


async def asks(place: Town, user: str) -> Posted:
    person = await place.person(user).runs("/cadrage status", channel=BOREAL)
    await person.presses("En images", on=person.heard)
    place.delivers()
    return place.to(user, "progress_pictures")[-1]


async def test_dialogues_and_points_week_by_week_come_as_a_private_message(place: Town) -> None:
    await invited(place)
    early = await asks(place, INES)
    assert flat("Il n’y a encore rien à comparer.") in early.text
    place.until(datetime(2026, 1, 26, 9, tzinfo=UTC))
    sent = await asks(place, PAUL)
    (chart,) = charts(sent)
    assert chart["type"] == "line"
    names = [series["name"] for series in chart["series"]]  # type: ignore[attr-defined]
    assert names[:2] == ["Dialogues envoyés", "Dialogues clos"]
    assert flat("dialogues clos, 0 puis") in sent.text, "the same in words"
    assert flat("Le pouls : moins de deux consultations ont été publiées à ce jour.") in sent.text
    for name in ("Inès", "Hugo", "Sofia", "%"):
        assert name not in sent.text
    stranger = await place.person("U0JEANNE").runs("/cadrage status", channel=BOREAL)
    assert "En images" not in stranger.told


async def test_the_pulse_over_waves_says_what_each_has_said_and_leaves_a_gap_where_one_has_not(
    place: Town,
) -> None:
    project = founds(place)
    for answers, people in (({"P01": "2"}, TEAM), ({}, list(TEAM)[:4]), ({"P01": "4", "P02": "2"}, TEAM)):
        wave = opens(place, project, "C01")
        for user in people:
            await votes(place, user, "C01", **answers)
        closes(place, wave)
        said = {"wave_id": wave, "by": ELODIE, "text": "Nous avons déplacé la réunion."}
        place.parts.db.run_sync(reply.post, workspace=WORKSPACE, now=place.clock.now(), **said)
        place.posts.clear()  # what has been read is out of the way
        place.clock.passes(days=21)
    sent = await asks(place, HUGO)
    chart = charts(sent)[-1]
    assert [point["value"] for point in chart["series"][0]["data"]] == [0, 1]  # type: ignore[index]
    assert flat("non publié") in sent.text
    told = flat(
        "à traiter d’abord « Comprendre pourquoi maintenant » · 19 févr. : non publié · 20 mars : à traiter"
    )
    assert told in sent.text
    for figure in ("réponses", "moyenne", "sur 5"):
        assert figure not in sent.text.partition("Le pouls")[2]


def test_a_gap_is_drawn_as_a_gap() -> None:
    found = [Stair(day=date(2026, 2, n), reached=reached) for n, reached in ((2, 0), (9, None), (16, 3))]
    drawn = stairs.drawing(words("en"), found, STEPS)
    assert drawn is not None
    assert drawn.alt == (
        "2 Feb: first to act on “Comprendre” · 9 Feb: not published · 16 Feb: all steps hold"
    )
    assert drawn.svg.count("stroke-dasharray") == 1
    assert png(drawn.svg).startswith(PNG)
    assert stairs.drawing(words("en"), found[:2], STEPS) is None, "one wave is no course"


def test_a_line_is_not_drawn_through_a_day_without_a_figure() -> None:
    line = Line(name="Solution", values=(40, None, 60, 62))
    days = ("2 Feb", "9 Feb", "16 Feb", "23 Feb")
    it = Curves(title="Over time", days=days, lines=(line,), top=100, across="Run", up="Out of 100")
    assert curves.svg(it).count("<polyline") == 2
    (chart,) = curves.chart(it)
    assert chart["chart"]["axis_config"]["categories"] == ["2 Feb", "16 Feb", "23 Feb"]
    lonely = Curves(
        title="x", days=days[:2], lines=(Line(name="a", values=(1, None)),), top=3, across="", up=""
    )
    assert curves.chart(lonely) == []
