"""How the sponsor wants the digest: its rhythm, and a copy by e-mail. In effect from the next one on."""

import re
from dataclasses import dataclass, replace
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.digest import planning
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.settings import ADDRESS
from bot.words import blocks, elements
from bot.words.text import N_
from storage import digest, mail
from storage.database import Connection
from storage.digest import Rhythm

OPEN, CALLBACK = "digest.settings", "digest.settings.save"
RHYTHMS: dict[Rhythm, str] = {
    "weekly": N_("Every week"),
    "fortnightly": N_("Every two weeks"),
    "monthly": N_("Every month"),
}
YES = "yes"
LONGEST = 254  # characters of an address (RFC 5321)
_ADDRESS = re.compile(ADDRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the form says."""

    rhythm: Rhythm
    mails: bool
    address: str


async def opened(request: Request, parts: Parts) -> Reply:
    """[Digest settings]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("digest.settings"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(form, parts=parts, who=who)

    return answer.show(request, parts, who.w, who.w("Digest settings"), build)


def form(conn: Connection, *, parts: Parts, who: Asker) -> Json:
    """The rhythm; and the copy by e-mail, where this server can send any."""
    w, project = who.w, who.here
    setting = digest.setting(conn, workspace=project.workspace, project_id=project.id)
    options = [elements.option(w(words), code) for code, words in RHYTHMS.items()]
    chosen = elements.radio("rhythm", options, initial=planning.rhythm(setting, project))
    rows = [
        blocks.field(
            w("I get the digest"), chosen, block_id="rhythm", hint=w("On Thursday at 08:30, where you are.")
        )
    ]
    if parts.settings.mails:
        rows += _mail(conn, who)
    else:
        rows.append(blocks.context(w("This server sends no e-mail: the digest comes in Slack only.")))
    return blocks.modal(
        w("Digest settings"),
        rows,
        callback_id=CALLBACK,
        submit=w("Save"),
        close=w.p("window", "Close"),
        metadata=forms.packed(project=project.id),
    )


def _mail(conn: Connection, who: Asker) -> list[Json]:
    w = who.w
    now = mail.choice(conn, workspace=who.actor.workspace, user=who.actor.user)
    box = elements.checkboxes(
        "mails", [elements.option(w("Send me a copy by e-mail"), YES)], initial=[YES] if now.wanted else []
    )
    rows = [
        blocks.field(
            w("By e-mail"),
            box,
            block_id="mails",
            hint=w("It leaves Slack, and holds nothing that is restricted or anonymous."),
            optional=True,
        ),
        blocks.field(
            w("My address"),
            elements.words("address", initial=now.address or None, most=LONGEST),
            block_id="address",
            hint=w("Kept encrypted, used for nothing else."),
            optional=True,
        ),
    ]
    if now.trouble:
        said = w("The last copy was refused: {why}. Correct the address to try again.", why=now.trouble)
        rows.insert(0, blocks.section(said))
    return rows


async def save(request: Request, parts: Parts) -> Reply:
    """The form was sent."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("digest.settings"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    w, wanted = who.w, _wanted(request)
    if wanted.mails and not _ADDRESS.fullmatch(wanted.address):
        wrong = w("Write one address, such as name@example.org.")
        return Reply(ack={"response_action": "errors", "errors": {"address": wrong}})
    await parts.db.run(_keep, parts=parts, who=who, wanted=wanted)
    said = w("Saved. It counts from the next digest on.")
    page = answer.page(w, w("Digest settings"), [blocks.section(said)])
    return Reply(ack={"response_action": "update", "view": page})


def _wanted(request: Request) -> Wanted:
    """User input like everything else."""
    option = answer.state(request, "rhythm", "rhythm").get("selected_option") or {}
    ticked = answer.state(request, "mails", "mails").get("selected_options") or []
    typed = str(answer.state(request, "address", "address").get("value") or "").strip()[: LONGEST + 1]
    code: Rhythm = next((code for code in RHYTHMS if code == option.get("value")), "weekly")
    return Wanted(rhythm=code, mails=any(one.get("value") == YES for one in ticked), address=typed)


def _keep(conn: Connection, *, parts: Parts, who: Asker, wanted: Wanted) -> None:
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    setting = digest.setting(conn, **here)
    digest.choose(conn, **here, setting=replace(setting, rhythm=wanted.rhythm))
    if parts.settings.mails:
        address = wanted.address if _ADDRESS.fullmatch(wanted.address) else ""
        mail.choose(
            conn, workspace=who.actor.workspace, user=who.actor.user, wanted=wanted.mails, address=address,
            now=parts.clock.now(),
        )  # fmt: skip


ACTIONS: dict[str, Any] = {OPEN: opened}
VIEWS: dict[str, Any] = {CALLBACK: save}
