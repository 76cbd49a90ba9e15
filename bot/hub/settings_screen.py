"""My settings: language, absence, reminders, and how my data is used. In effect at once, on cards too."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot import answer, asker, forms
from bot.absence import clock as coming_and_going
from bot.asker import Asker
from bot.hub import project_settings
from bot.parts import Parts
from bot.request import Json, Reply, Request
from bot.rounds import announce, quiet
from bot.verbs import parse
from bot.waves import stopping
from bot.words import blocks, elements
from bot.words.text import words
from flows.words import LANGUAGES, Language
from storage import dialogue as dialogues
from storage import person as kept
from storage.database import Connection

CALLBACK = "settings.save"
#: Each language by its own name: readable whatever the interface.
LANGUAGE_NAMES: dict[Language, str] = {"fr": "Français", "en": "English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What somebody settled for themselves."""

    language: Language
    away: date | None  # the last day, where they are; None: here
    remind: str | None = None  # "yes" or "no"; None: as it is


async def command(request: Request, parts: Parts) -> Reply:
    """`/cadrage settings`, `/cadrage settings fr`."""
    rest = parse(str(request.payload.get("text") or "")).rest
    wanted = next((one for one in LANGUAGES if rest and rest[0].lower() == one), None)
    return await _speak(request, parts, wanted) if wanted else await open_form(request, parts)


async def set_language(request: Request, parts: Parts) -> Reply:
    """[Passer en français], [Switch to English]."""
    wanted = next((one for one in LANGUAGES if answer.chosen(request).rpartition(":")[2] == one), None)
    return await _speak(request, parts, wanted) if wanted else Reply()


async def open_form(request: Request, parts: Parts) -> Reply:
    """[My settings], "My reminders"."""
    chosen = answer.chosen(request).rpartition(":")[2] if request.kind == "action" else ""
    who = await asker.asker(request, parts, project_id=chosen)

    async def build() -> Json:
        return await parts.db.read(form, parts=parts, who=who)

    return answer.show(request, parts, who.w, who.w("My settings"), build)


def form(conn: Connection, *, parts: Parts, who: Asker) -> Json:
    """Language, absence, and reminders of the project asked about, if this person is in it."""
    w, project = who.w, who.project
    languages = [elements.option(name, code) for code, name in LANGUAGE_NAMES.items()]
    language = elements.radio("language", languages, initial=who.language)
    away = who.person.away_until
    until = elements.date("away", initial=away.isoformat() if away and away >= who.today else None)
    rows = [
        blocks.field(w("I write to you in"), language, block_id="language"),
        blocks.field(
            w("Away until"),
            until,
            block_id="away",
            hint=w("Your last day away. I send you nothing before the next working day, and tell nobody."),
            optional=True,
        ),
    ]
    mine = project is not None and bool(project.cast.roles_of(who.actor.user))
    if project is not None and mine:
        stopped = quiet.stopped(conn, project=project, user=who.actor.user)
        choices = [
            elements.option(w("Yes, grouped, once a day at most"), "yes"),
            elements.option(w("No"), "no"),
        ]
        element = elements.radio("reminders", choices, initial="no" if stopped else "yes")
        rows.append(
            blocks.field(w("Reminders for {project}", project=project.name), element, block_id="reminders")
        )
    rows.append(
        blocks.context(w("Shared posts stay in the project’s language. Hours follow your Slack time zone."))
    )
    rows += stopping.rows(conn, parts=parts, who=who)
    used = elements.button(
        w("How my data is used"), "data.open", value=project.id if project and mine else ""
    )
    gone = elements.button(w("Forget me…"), "leaving.open")
    rows.append(blocks.actions(used, *project_settings.ways(who), gone))
    return blocks.modal(
        w("My settings"),
        rows,
        callback_id=CALLBACK,
        submit=w("Save"),
        close=w.p("window", "Close"),
        metadata=forms.packed(project=project.id if project and mine else ""),
    )


async def save(request: Request, parts: Parts) -> Reply:
    """The form was sent."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project", ""))
    option = answer.state(request, "language", "language").get("selected_option") or {}
    wanted = next((one for one in LANGUAGES if one == option.get("value")), who.language)
    remind = (answer.state(request, "reminders", "reminders").get("selected_option") or {}).get("value")
    away = forms.day(answer.state(request, "away", "away").get("selected_date"))
    if away is not None and away < who.today:
        past = who.w("This date is past. Choose today or later.")
        return Reply(ack={"response_action": "errors", "errors": {"away": past}})
    chosen = Chosen(language=wanted, away=away, remind=remind)
    await parts.db.run(_save, who=who, parts=parts, chosen=chosen)
    parts.wake()
    w = words(wanted)
    page = answer.page(w, w("My settings"), [blocks.section(w("Saved. It counts from now on."))])
    return Reply(ack={"response_action": "update", "view": page})


async def data(request: Request, parts: Parts) -> Reply:
    """ "How my data is used": a page of ten lines."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request).rpartition(":")[2])

    async def build() -> Json:
        return answer.page(who.w, who.w("How my data is used"), lines(parts, who))

    return answer.show(request, parts, who.w, who.w("How my data is used"), build)


def lines(parts: Parts, who: Asker) -> list[Json]:
    """What is kept, who sees it, what is never done with it."""
    w = who.w
    operator = parts.settings.operator
    said = [
        w("• Each screen says if it is named, confidential or anonymous, before the first question."),
        w("• Named answers show with your name to the team and the sponsor, once the dialogue closes."),
        w("• Confidential answers show to the roles the screen names, to nobody else."),
        w("• “I don’t know” opens a point without your name."),
        w("• Nobody sees who has or has not answered: counts only, and none for very small groups."),
        w("• Your activity is measured for nobody, and nothing here counts in an appraisal."),
        w("• What you type to me in a message is never kept as an answer."),
        w("• From Slack I keep your name, language and time zone, refreshed every day."),
        w("• Saying no is possible at any time: “Not the right person” in the menu of an invitation."),
    ]
    said.append(
        w(
            "• This bot is run by {operator}. Ask there for a copy of your data, or to have it deleted.",
            operator=operator,
        )
        if operator
        else w("• Ask your facilitator for a copy of your data, or to have it deleted.")
    )
    rows = [blocks.section("\n".join(said))]
    if parts.settings.company_text:
        rows.append(blocks.section(parts.settings.company_text))
    return rows


async def _speak(request: Request, parts: Parts, language: Language) -> Reply:
    who = await asker.asker(request, parts)
    chosen = Chosen(language=language, away=who.person.away_until)
    await parts.db.run(_save, who=who, parts=parts, chosen=chosen)
    parts.wake()
    w = words(language)
    said = w("I will write to you in English from now on. Shared posts stay in the project’s language.")
    return answer.tell(request, parts, w, said)


def _save(conn: Connection, *, who: Asker, parts: Parts, chosen: Chosen) -> None:
    """The choices, then every card and Home this person has, drawn again."""
    workspace, user, now = who.actor.workspace, who.actor.user, parts.clock.now()
    kept.set_language(conn, workspace=workspace, user=user, language=chosen.language)
    if chosen.away is None and who.person.away_until is not None:
        coming_and_going.ended(conn, parts=parts, workspace=workspace, user=user, now=now)
    kept.set_away(conn, workspace=workspace, user=user, until=chosen.away)
    project = who.project
    if project is not None and project.cast.roles_of(user) and chosen.remind in ("yes", "no"):
        quiet.set_quiet(conn, project=project, user=user, stopped=chosen.remind == "no")
    for one in dialogues.for_user(conn, workspace=workspace, user=user):
        announce.invitation_again(conn, run=one.run, user=user, now=now)
    announce.home(conn, workspace=workspace, user=user, now=now)


ACTIONS: dict[str, Any] = {"settings.open": open_form, "language.set": set_language, "data.open": data}
VIEWS: dict[str, Any] = {CALLBACK: save}
