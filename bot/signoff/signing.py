"""[Sign]: somebody signs a version that says what is still open in it (journeys G4, RTE13, acceptance 36).

The sponsor signs, signs with conditions or sends it back. A signature is taken back until the sponsor signs.
"""

from dataclasses import replace
from typing import Any, cast

from bot import answer, asker, forms
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Deny
from bot.request import Json, Reply, Request
from bot.signoff import following, standing
from bot.signoff.card import over
from bot.signoff.reading import place
from bot.signoff.remarking import typed
from bot.signoff.standing import Round
from bot.words import blocks, elements
from bot.words.text import N_, Wording
from flows.project import Project
from flows.signoff import signing
from flows.signoff.fingerprint import short
from flows.signoff.model import SPONSORS, Choice, Review, Signature
from flows.signoff.signing import Refused
from storage import project as projects
from storage.database import Connection

SIGN, BACK = "review.sign", "review.unsign"
LONGEST = 1000
CHOICES: dict[Choice, str] = {
    "approve": N_("I sign"), "conditions": N_("I sign with conditions"), "back": N_("I send it back"),
}  # fmt: skip


async def opened(request: Request, parts: Parts) -> Reply:
    """[Sign]."""
    project_id, version, _ = place(answer.chosen(request))
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("review.sign"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(form, parts=parts, who=who, version=version)

    return answer.show(request, parts, who.w, _title(who.w, version), build)


def _title(w: Wording, version: int) -> str:
    return w("Sign version {n}", n=version)


def form(conn: Connection, *, parts: Parts, who: Asker, version: int) -> Json:
    """What is signed and what is still open in it, then how; or what stands in the way."""
    w, user = who.w, who.actor.user
    found = standing.round_of(conn, parts=parts, project=who.here, version=version)
    if found is None or user not in found.review.signers:
        return answer.page(w, _title(w, version), [blocks.section(w.of(signing.NOT_ASKED))])
    review, sponsor = found.review, user == found.review.sponsor and found.standing.same_sponsor
    if (given := review.signature(user)) is not None:
        return _signed(w, who.here, review, given)
    if review.state != "review" and (review.state != "signed" or sponsor):
        return answer.page(w, _title(w, version), [blocks.section(over(w, who.here, review))])
    ways = () if review.state == "signed" else found.ways
    rows = [*_head(w, found), *(blocks.alert(w.of(one.words)) for one in ways)]
    if ways and not sponsor:
        return answer.page(w, _title(w, version), rows)
    rows += _of_sponsor(w, found, ways=bool(ways)) if sponsor else _of_member(w, version)
    return blocks.modal(
        _title(w, version), rows, callback_id=SIGN, submit=w("Sign") if not (sponsor and ways) else w("Send"),
        close=w("Not now"), metadata=forms.packed(project=who.here.id, version=str(version)),
    )  # fmt: skip


def _head(w: Wording, found: Round) -> list[Json]:
    """Named; the vote, the readings, and the open points that the version prints."""
    review, alike = found.review, found.standing.alike
    tally = review.tally
    known = [w("Fingerprint {mark}.", mark=short(review.fingerprint))]
    if tally is not None:
        known.append(w("Vote: {n} of {total} at 3 or more.", n=tally.supporting, total=tally.n))
        if tally.views:
            known.append(w.plural("{n} minority view.", "{n} minority views.", len(tally.views)))
    if alike is not None:
        known.append(w("Read alike by {share}.", share=w.percent(int(alike + 0.5))))
    points = w.plural_md(
        "*Still open in it:* {n} point. The version prints it in its place.",
        "*Still open in it:* {n} points. The version prints them in their places.", found.open_points,
    )  # fmt: skip
    named = w.md("*Named.* Your name, your role and the moment are printed in section N25 of version {n}.",
                 n=review.version)  # fmt: skip
    return [blocks.context(named), blocks.section(" ".join(known)), blocks.section(points)]


def _of_member(w: Wording, version: int) -> list[Json]:
    tick = [elements.option(w("I have read version {n} and I can carry it", n=version), "carry")]
    return [blocks.field(w("Signature"), elements.checkboxes("choice", tick), block_id="choice")]


def _of_sponsor(w: Wording, found: Round, *, ways: bool) -> list[Json]:
    """RTE13. While something stands in the way only sending back is offered."""
    offered = [one for one in CHOICES if one == "back" or not ways]
    options = [elements.option(w(CHOICES[one]), one) for one in offered]
    rows = [
        blocks.field(w("Your decision"), elements.radio("choice", options), block_id="choice"),
        blocks.field(w("Your conditions, or why it goes back"), optional=True, block_id="words",
                     element=elements.words("words", several_lines=True, most=LONGEST),
                     hint=w("Printed in the note. At least {n} characters.", n=signing.REASON)),
    ]  # fmt: skip
    if found.standing.verdict_no_go and not ways:
        hint = w(
            "At least {n} characters. Printed in the note; the verdict itself does not change.",
            n=signing.OVERRIDE,
        )
        rows += [
            blocks.alert(w("The verdict is “No go for now”.")),
            blocks.field(w("Why do you sign all the same?"), optional=True, block_id="override", hint=hint,
                         element=elements.words("override", several_lines=True, most=LONGEST)),
        ]  # fmt: skip
    return rows


def _signed(w: Wording, project: Project, review: Review, given: Signature) -> Json:
    """What this person has signed; taken back while the sponsor has not signed."""
    said = w("You signed on {moment}.", moment=w.moment(given.at, project.zone))
    rows = [blocks.section(said), blocks.context(w("Fingerprint {mark}.", mark=short(given.fingerprint)))]
    if review.state == "review":
        value = f"{project.id}:{review.version}"
        rows.append(blocks.actions(elements.button(w("Take my signature back"), BACK, value=value)))
    return answer.page(w, _title(w, review.version), rows)


async def signed(request: Request, parts: Parts) -> Reply:
    """[Sign], sent."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("review.sign"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    _, version, _ = place(f":{held.get('version', '')}")
    choice = _choice(request)
    if choice is None:
        said = (
            who.w("Tick it to sign, or close this.")
            if not _is_sponsor(who)
            else who.w("Choose one of the three.")
        )
        return Reply(ack={"response_action": "errors", "errors": {"choice": said}})
    given = Signature(
        user=request.user, role=standing.role_of(who.here.cast, request.user), choice=choice,
        at=parts.clock.now(), fingerprint="", words=typed(request, "words")[:LONGEST],
        override=typed(request, "override")[:LONGEST],
    )  # fmt: skip
    refused = await parts.db.run(_sign, parts=parts, project=who.here, version=version, given=given)
    parts.wake()
    if refused is None:
        after = await parts.db.read(standing.of_version, who.here, version)
        frozen = after is not None and after.state == "signed"
        return answer.tell(request, parts, who.w, _done(who.w, choice, version, frozen=frozen))
    fields = {field for field in ("words", "override") if refused.field == field and _shown(request, field)}
    if fields:
        errors = {field: who.w.of(refused.words) for field in fields}
        return Reply(ack={"response_action": "errors", "errors": errors})
    return answer.tell(request, parts, who.w, who.w.of(refused.words))


def _is_sponsor(who: Asker) -> bool:
    return who.here.cast.holder("sponsor") == who.actor.user


def _done(w: Wording, choice: Choice, version: int, *, frozen: bool) -> str:
    if choice == "back":
        return w("Version {n} goes back, with your words. Nobody can sign it any more.", n=version)
    if choice == "carry" and frozen:
        return w("You have signed version {n}, as the sponsor has. You get it as PDF.", n=version)
    if choice == "carry":
        return w("You have signed version {n}. You can take it back until the sponsor signs.", n=version)
    return w("You have signed version {n}: it is frozen. Each signer gets it as PDF.", n=version)


def _choice(request: Request) -> Choice | None:
    """User input: a tick, or one of three."""
    field = answer.state(request, "choice", "choice")
    if field.get("selected_options"):
        return "carry"
    value = (field.get("selected_option") or {}).get("value")
    return cast("Choice", value) if value in SPONSORS else None


def _shown(request: Request, field: str) -> bool:
    shown = (request.payload.get("view") or {}).get("blocks") or []
    return any(isinstance(block, dict) and block.get("block_id") == field for block in shown)


def _sign(
    conn: Connection, *, parts: Parts, project: Project, version: int, given: Signature
) -> Refused | None:
    projects.lock(
        conn, workspace=project.workspace, id=project.id
    )  # nothing changes between look and signature
    found = standing.round_of(conn, parts=parts, project=project, version=version)
    if found is None:
        return Refused(words=NOTHING_THERE)
    alike = found.standing.alike

    def to(old: Review) -> Review | Refused:
        new = signing.sign(old, given, found.standing)
        ended = isinstance(new, Review) and new.state != "review" and old.state == "review"
        return replace(new, alike=alike) if ended and isinstance(new, Review) else new

    moved = standing.change(conn, project=project, version=version, to=to)
    if moved is None or isinstance(moved, Refused):
        return moved
    following.signed(conn, parts=parts, project=project, old=moved[0], new=moved[1], given=given)
    return None


async def taken_back(request: Request, parts: Parts) -> Reply:
    """[Take my signature back]."""
    project_id, version, _ = place(answer.chosen(request))
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("review.sign"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    refused = await parts.db.run(_withdraw, parts=parts, project=who.here, version=version, user=request.user)
    parts.wake()
    said = who.w("Your signature is taken back.") if refused is None else who.w.of(refused.words)
    return answer.refreshed(
        request, parts, answer.page(who.w, _title(who.w, version), [blocks.section(said)])
    )


def _withdraw(conn: Connection, *, parts: Parts, project: Project, version: int, user: str) -> Refused | None:
    found = standing.change(
        conn, project=project, version=version, to=lambda old: signing.withdraw(old, user)
    )
    if found is None or isinstance(found, Refused):
        return found
    following.withdrawn(conn, parts=parts, project=project, review=found[1], user=user)
    return None


ACTIONS: dict[str, Any] = {SIGN: opened, BACK: taken_back}
VIEWS: dict[str, Any] = {SIGN: signed}
