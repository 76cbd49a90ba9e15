"""The diagnosis as one message or one page: everything of 3.8 in its order, for one reader.

The team's version is the same without what is restricted and without figures of anonymous indices below
ten answers. Draws; records nothing.
"""

from collections.abc import Sequence

from bot.asker import day_of
from bot.diagnosis import lines, loose
from bot.diagnosis.chart import chart
from bot.diagnosis.picture import Picture, Reader
from bot.diagnosis.ways import way
from bot.request import Json
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import Wording

#: In place of a day: once it has been worked out again.
LATER = "later"


def card(w: Wording, picture: Picture, reader: Reader, *, user: str = "", drawn: bool) -> list[Json]:
    """The blocks. `drawn`: with the chart, for a message. `user`: whoever reads it alone, for buttons
    that do something for them; "" in a channel."""
    rows = [blocks.section(lines.verdict(w, picture))]
    if (override := overridden(w, picture)) is not None:
        rows.append(blocks.section(override))
    if drawn:
        rows += chart(w, picture)
    rows += [blocks.section(lines.families(w, picture)), blocks.section(lines.gates(w, picture))]
    for fired in reader.advice(picture)[: lines.AT_ONCE]:
        go = way(w, picture, fired.id, reader, user) if user else None
        rows.append(blocks.section(lines.advice(w, picture, fired, reader), accessory=go))
    rows += [blocks.context(said) for said in remarks(w, picture, reader)]
    if user:
        rows.append(buttons(w, picture, reader, drawn=drawn))
    rows.append(blocks.context(w.of(picture.model.message["foot"])))
    return rows


def remarks(w: Wording, picture: Picture, reader: Reader) -> list[Mrkdwn]:
    """What keeps result from hope, contested, missing, not read yet, better than last time."""
    said: list[Mrkdwn] = []
    if distances := loose.distances(w, picture):
        said.append(w.md("Between hope and result, since the go-live: {list}", list=distances))
    message = picture.model.message
    still, closed = message["missing"].in_(w.language), message["better"].in_(w.language)
    if contested := loose.contested(w, picture):
        said.append(w.md("Contested: {list}", list=contested))
    if missing := loose.missing(w, picture):
        said.append(w.md(still, list=missing))
    if later := loose.waiting(w, picture):
        said.append(
            w.md("Neither read nor shown until they close, people’s own answers in: {list}", list=later)
        )
    if better := loose.better(w, picture, reader):
        said.append(w.md(closed, list=better))
    return said


def overridden(w: Wording, picture: Picture) -> Mrkdwn | None:
    """The sponsor's reason to go on in spite of a verdict, as long as one stands (3.6): it changes
    nothing of the verdict."""
    run = next((run for run in picture.history if run.overridden is not None), None)
    if run is None or run.overridden is None:
        return None
    given = run.overridden
    return w.md(
        "*The sponsor goes on in spite of “{verdict}”* ({name}, {day}{ref}): {reason}",
        verdict=picture.model.labels[run.verdict],
        name=picture.names.get(given.by, given.by),
        day=w.day(day_of(given.at, picture.project)),
        ref=f", {given.ref}" if given.ref else "",
        reason=given.reason,
    )


def buttons(w: Wording, picture: Picture, reader: Reader, *, drawn: bool) -> Json:
    """Everything, how it is worked out, the runs so far; and for some what only they may do."""
    id, n = picture.project.id, len(reader.advice(picture))
    row = [
        elements.button(w.plural("All advice: {n} line", "All advice: {n} lines", n), "diag.all", value=id)
    ]
    row.append(elements.button(w("How is this worked out?"), "diag.why", value=id))
    row.append(elements.button(w("Earlier runs"), "diag.history", value=id))
    if not drawn:
        row.append(elements.button(w("Send me this with the chart"), "diag.send", value=id))
    if "sponsor" in reader.roles and picture.found.verdict != "GO":
        row.append(elements.button(w("Go on in spite of it"), "diag.override", value=id))
    if "facilitator" in reader.roles:
        row.append(elements.button(w("Post to the team"), "diag.post", value=id))
    return blocks.actions(*row)


def team_waits(w: Wording, day: str) -> Sequence[Json]:
    """For the team, while a change is told to those it concerns first. `day`: until when; LATER where the
    change is still to be worked out."""
    if day == LATER:
        said = w("Answers have come in since. The team reads the diagnosis a working day after its next run.")
    else:
        said = w("The diagnosis has just changed. The team can read it from {day} on.", day=day)
    return [blocks.section(said)]
