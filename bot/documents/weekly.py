"""The sponsor's weekly digest (DOC7) and the week's round-up (DOC8) as documents: what Slack says of now.

The digest without what the sponsor has said for themselves; the round-up without anybody's name, because a
file cannot take one out again.
"""

from collections.abc import Callable
from datetime import date

from bot import asker, people
from bot.digest import card, gathering
from bot.digest.page import Page
from bot.parts import Parts
from bot.rounds.cards import Shown
from bot.wins import weekly
from bot.wins.card import SOMEBODY, without
from bot.words.mrkdwn import plain
from bot.words.text import N_, Wording, words
from flows.dates import long_date
from flows.digest import summary
from flows.document import keeping
from flows.document.model import Block, Bullets, Document, Paragraph, Section, typed
from flows.document.vendors import own
from flows.project import Person, Project
from flows.wins.model import Win
from flows.wins.round_up import Line, content, week_of
from flows.words import LANGUAGES, Words
from storage import digest as digests
from storage import register, win
from storage.database import Connection
from storage.digest import Issue

NOBODY = "-"  # reads a digest as nobody in particular: what is private to the sponsor is not in it
QUIET = N_("A quiet week for steps.")
INVITES = N_("Have you tried anything, even tiny, to make this project your own? One line is enough.")
FOOT = N_("These steps are never used to assess, pay or rank anyone.")


def digest(conn: Connection, parts: Parts, project: Project) -> Document:
    """DOC7 as the next digest would be, in both languages."""
    now = parts.clock.now()
    sponsor = project.cast.holder("sponsor") or ""
    known = people.several(conn, workspace=project.workspace, users=(sponsor,) if sponsor else ())
    it = gathering.about(project, known[sponsor].zone if sponsor else "", now, reader=NOBODY)
    chosen = digests.setting(conn, workspace=project.workspace, project_id=project.id)
    issue = Issue(
        project_id=project.id, period="", sponsor=sponsor, made_on=it.on, made_at=now, covers_from=None,
        note=chosen.note, note_by=chosen.note_by, said=summary.snapshot(gathering.gather(conn, parts, it)),
    )  # fmt: skip
    nobody = Person(workspace=project.workspace, user=NOBODY, name="", fetched_at=now)
    names = keeping.by_id(asker.named(conn, project=project))
    pages = {
        language: card.worded(conn, parts, project, nobody, issue, w=words(language), names=names)
        for language in LANGUAGES
    }
    title = Words("Weekly sponsor digest: {name}", "Digest hebdomadaire du sponsor : {name}")
    return _document(title, project, it.on, _digest(pages["en"], pages["fr"]))


def _digest(en: Page, fr: Page) -> tuple[Section, ...]:
    """The first line and the sentence of whoever facilitates, then each section."""
    head = [own(Words(en.head, fr.head)), *([own(Words(en.note, fr.note))] if en.note else [])]
    title = Words("This week", "Cette semaine")
    first = Section(id="SD00", title=title, blocks=tuple(Paragraph(words=one) for one in head))
    both = zip(en.parts, fr.parts, strict=True)
    return (first, *(
        Section(id=a.id, title=Words(a.title, b.title), blocks=(Bullets(items=tuple(
            own(Words(x.said, y.said)) for x, y in zip(a.lines, b.lines, strict=True)
        )),))
        for a, b in both
    ))  # fmt: skip


def round_up(conn: Connection, parts: Parts, project: Project) -> Document:
    """DOC8 of this week, with what was noticed since the last one."""
    here = {"workspace": project.workspace, "project_id": project.id}
    day = asker.today(parts, project)
    waiting = [
        one for one in win.in_state(conn, **here, states=("waiting", "posted")) if one.round_up is None
    ]
    wins = [*win.of_round_up(conn, **here, week=week_of(day)), *waiting]
    refuted = register.records(conn, **here, kinds=weekly.ASSUMPTIONS)
    said = content(wins, [one.ref for one in refuted if one.status == "refuted"], day)
    around = weekly.week(conn, project, day)
    names = asker.named(conn, project=project, also=[each.user for one in wins for each in one.people])
    moved: tuple[Block, ...] = tuple(
        Bullets(items=_lines(several, names), label=theme) for theme, several in said.moved.items()
    )
    settled = tuple(own(_line(one.ref, one.title)) for one in around.settled)
    done = (*_lines(said.done, names), *settled) or (_both(lambda w: plain(weekly.owed(w, around.owed))),)
    trials = _lines(said.trials, names) or (_phrase(INVITES),)
    following = _both(lambda w: plain(weekly.following(conn, _shown(project, w), parts, around, day)))
    learned = _lines(said.learned, names)
    title = Words("This week’s steps: {name}", "Les avancées de la semaine : {name}")
    return _document(title, project, day, (
        _section("WR01", Words("What moved", "Ce qui a avancé"), moved or (Paragraph(words=_phrase(QUIET)),)),
        _section("WR02", Words("You said, we did", "Vous avez dit, nous avons fait"), (Bullets(items=done),)),
        _section("WR03", Words("Trials and initiatives", "Essais et initiatives"), (Bullets(items=trials),)),
        *((_section("WR04", LEARNED, (Bullets(items=learned),)),) if learned else ()),
        _section("WR05", Words("Next week", "Et la semaine prochaine"), (Paragraph(words=following),)),
        _section("WR06", Words("To remember", "À retenir"), (Paragraph(words=_phrase(FOOT)),)),
    ))  # fmt: skip


LEARNED = Words("What we learned the hard way", "Ce que nous avons appris à nos dépens")


def _section(id: str, title: Words, blocks: tuple[Block, ...]) -> Section:
    return Section(id=id, title=title, blocks=blocks)


def _shown(project: Project, w: Wording) -> Shown:
    return Shown(project=project, w=w, names={})


def _line(ref: str, title: Words) -> Words:
    return Words(f"{ref} {title.en}", f"{ref} {title.fr}")


def _lines(several: tuple[Line, ...], names: dict[str, str]) -> tuple[Words, ...]:
    """Wins of the same detector stand in one line. Nobody is named."""
    return tuple(
        own(Words(*(" ".join(_nameless(one, names, n) for one in line.wins) for n in (0, 1))))
        for line in several
    )


def _nameless(one: Win, names: dict[str, str], n: int) -> str:
    language = LANGUAGES[n]
    text = one.said.in_(language)
    for each in one.people:
        text = without(text, names.get(each.user, ""), words(language).of(SOMEBODY))
    return text


def _phrase(phrase: str) -> Words:
    return _both(lambda w: w(phrase))


def _both(say: Callable[[Wording], str]) -> Words:
    """What a Wording says, in each language; already with its spaces and quotes."""
    return own(Words(say(words("en")), say(words("fr"))))


def _document(title: Words, project: Project, day: date, sections: tuple[Section, ...]) -> Document:
    """Its number is put in once it is known."""
    return Document(
        title=title.fill(name=typed(project.name)), version=long_date(day), notices=(), changes=(),
        sections=sections,
    )  # fmt: skip
