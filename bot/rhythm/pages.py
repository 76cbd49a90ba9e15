"""The calendar as people read it: what comes when, for whom, and why; with its changes for the facilitator.

What is confidential stands there for those it concerns only. Nothing tells who has answered what.
"""

from collections.abc import Collection

from bot.asker import Asker
from bot.dialogue.labels import roles
from bot.parts import Parts
from bot.policy import Allow
from bot.request import Json
from bot.rhythm.book import AHEAD, Book, book
from bot.rounds.cards import PHASES
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import N_, Wording
from flows.playbook import Playbook
from flows.project import Role
from flows.rhythm.calendar import Occasion, Rule, asked_of
from flows.rhythm.phases import Name
from flows.roles import ASKED_OF
from flows.words import Words
from storage.database import Connection

SHOWN = 14  # occasions on one page: with two blocks each it stays within a message
#: The stretches in words, as an answer to "when?".
STRETCHES: dict[Name, str] = {
    "dense": N_("in the first six weeks"), "scoping": N_("until work begins"),
    "build": N_("while it is built"), "launch": N_("in the eight weeks after a go-live"),
    "settling": N_("in the months after a go-live"),
    "everyday": N_("in everyday use"),
}  # fmt: skip
#: How often, by the days between two.
OFTEN = {
    7: N_("every week"), 14: N_("every two weeks"), 21: N_("every three weeks"), 28: N_("every four weeks"),
    56: N_("every eight weeks"), 91: N_("once a quarter"), 182: N_("twice a year"),
}  # fmt: skip


def calendar(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """`/cadrage calendar`: where the project is, what is to come, what waits."""
    if who.project is None:
        return [blocks.section(who.w("No project yet. Start one: ten minutes to a first look."))]
    w, found = who.w, book(conn, parts=parts, project=who.here, today=who.today)
    rows = [blocks.section(_where(who, found)), *_pause(who, found), *_off(who, found), _ways(who, found)]
    mine = [one for one in found.ahead if concerns(parts.playbook, who, one)]
    rows += [_line(who, parts, found, one) for one in mine[:SHOWN]]
    if not mine:
        rows.append(blocks.section(w("Nothing is planned in the next eight weeks.")))
    if who.may("plan.change") == Allow():
        rows += [
            _line(who, parts, found, one, skipped=True) for one in found.skipped if one.day >= who.today
        ][:4]
    said = w("Everybody gets it in their own hours, Monday to Friday, 09:30 to 16:30, and not while away.")
    return [*rows, blocks.context(said)]


def why(conn: Connection, *, parts: Parts, who: Asker, what: str) -> list[Json]:
    """ "Why do I get this?": one's role, the stage, how often, and what one can do about it."""
    w, playbook = who.w, parts.playbook
    found = book(conn, parts=parts, project=who.here, today=who.today)
    title = title_of(playbook, what)
    if title is None:
        return [blocks.section(w("This is no longer in the calendar."))]
    to = w.listed(w.of(ASKED_OF[role]) for role in asked(playbook, what))
    said = w.md(
        "*{title}* goes to {who}. {rhythm}", title=w.of(title), who=to,
        rhythm=_rhythm(w, found, playbook.calendar, what),
    )  # fmt: skip
    rows = [blocks.section(said)]
    following = next((one for one in found.ahead if one.what == what), None)
    if following is not None:
        rows.append(blocks.section(w("The next one: {day}.", day=w.day(following.day))))
    if what in playbook.waves:
        rows.append(
            blocks.section(w("It is anonymous, and you can stop it under its invitation: nobody sees that."))
        )
    else:
        rows.append(blocks.section(w("You may skip it each time: nobody is told, and nothing counts it.")))
    return rows


def title_of(playbook: Playbook, what: str) -> Words | None:
    """What a check-in is called; None for one there is not."""
    found = playbook.checkins.get(what) or playbook.waves.get(what)
    return found.title if found else None


def asked(playbook: Playbook, what: str) -> tuple[Role, ...]:
    """The roles it goes to."""
    found = playbook.checkins.get(what) or playbook.waves.get(what)
    return found.audience.roles if found else ()


def concerns(playbook: Playbook, who: Asker, one: Occasion) -> bool:
    """Whether this person may know of it: everybody knows of what is open, those concerned of the rest."""
    content = playbook.checkins.get(one.what)
    held: Collection[Role] = who.here.cast.roles_of(who.actor.user)
    readers = content.seen_by if content else ()
    return not readers or bool(set(held) & {*readers, *asked(playbook, one.what)})


def _where(who: Asker, found: Book) -> Mrkdwn:
    w = who.w
    day = (who.today - found.dates.start).days
    return w.md(
        "*{project}* · {phase}, day {n}", project=who.here.name,
        phase=w.of(PHASES[found.phase]), n=max(day, 0),
    )  # fmt: skip


def _pause(who: Asker, found: Book) -> list[Json]:
    """Until when nothing is sent, or from when."""
    if found.pause is None:
        return []
    w = who.w
    if found.paused:
        said = w.md("*Paused until {day}.* Nothing is sent before.", day=w.day(found.pause.until))
    else:
        said = w.md(
            "*Paused from {day} to {until}.*", day=w.day(found.pause.since), until=w.day(found.pause.until)
        )
    end = elements.button(w("Go on now"), "pause.end", value=who.here.id)
    return [blocks.section(said, accessory=end if who.may("plan.change") == Allow() else None)]


def _off(who: Asker, found: Book) -> list[Json]:
    """The days ahead on which nothing leaves."""
    ahead = sorted(day for day in found.dates.off if who.today <= day <= who.today + AHEAD)
    if not ahead:
        return []
    return [blocks.context(who.w("Nothing leaves on: {days}.", days=who.w.listed(map(who.w.day, ahead))))]


def _line(who: Asker, parts: Parts, found: Book, one: Occasion, *, skipped: bool = False) -> Json:
    """One occasion: what, when, for whom, what holds it back; with its menu for the facilitator."""
    w, playbook = who.w, parts.playbook
    said: list[str] = [w.day(one.day)]
    if one.wave:
        said.append(w("anonymous"))
    users = who.here.cast.of_lots(asked_of(one, found.dates, max(one.day, found.today)))
    said.append(roles(w, ("users",) if users else asked(playbook, one.what)))
    if one.lot:
        said.append(one.lot)
    if skipped:
        said.append(w("skipped"))
    elif one.what in found.owed:
        said.append(w("waits until “You said, we did” answers the last one"))
    elif one.what in found.open and one.day <= found.today:
        said.append(w("waits until the open one has closed"))
    elif one.waits:
        said.append(w("a week later than usual: one anonymous questionnaire a week at most"))
    title = title_of(playbook, one.what)
    head = bold(w.of(title) if title else one.what)
    line = Mrkdwn("\n").join([head, Mrkdwn(" · ").join(said)])
    return blocks.section(line, accessory=_menu(who, found, one, skipped=skipped))


def _menu(who: Asker, found: Book, one: Occasion, *, skipped: bool) -> Json | None:
    if who.may("plan.change") != Allow():
        return None
    w, value = who.w, f"{who.here.id}:{one.key}"
    if skipped:
        return elements.overflow(
            f"rhythm.menu:{one.key}", [elements.option(w("As it was in the calendar"), f"back:{value}")]
        )
    choices = [
        elements.option(w("Move…"), f"move:{value}"),
        elements.option(w("Skip it once"), f"skip:{value}"),
    ]
    if one.key in found.made:
        choices.append(elements.option(w("As it was in the calendar"), f"back:{value}"))
    if one.what in found.owed:
        choices.append(elements.option(w("Write “You said, we did”"), f"reply:{value}"))
    return elements.overflow(f"rhythm.menu:{one.key}", choices)


def _ways(who: Asker, found: Book) -> Json:
    w, id = who.w, who.here.id
    row = [
        elements.button(w("The plan"), "plan.open:calendar", value=id),
        elements.button(w("What check-ins say"), "checkin.results", value=id),
    ]
    if who.may("plan.change") == Allow():
        row.append(elements.button(w("Dates of the project"), "rhythm.dates", value=id))
        row.append(elements.button(w("Future users"), "lot_users.open", value=id))
        row.append(elements.button(w("Public holidays"), "rhythm.off", value=id))
        row += [
            elements.button(w("Write “You said, we did”"), f"rhythm.reply:{what}", value=wave)
            for what, wave in found.owed.items()
        ]  # fmt: skip
        if found.pause is None:
            row.append(elements.button(w("Pause Cadrage"), "pause.open", value=id))
    return blocks.actions(*row)


def _rhythm(w: Wording, found: Book, rules: Collection[Rule], what: str) -> str:
    """How often it comes at this stage, or around a go-live."""
    stretch = next((one.rule for one in found.ahead if one.what == what), None)
    rule = next((one for one in rules if one.what == what and one.in_ == stretch and stretch), None)
    if stretch is None:
        return w("It comes on set days around a go-live.")
    often = w(OFTEN[rule.every]) if rule is not None and rule.every in OFTEN else w("on set days")
    return w("It comes {often} {when}.", often=often, when=w(STRETCHES[stretch]))
