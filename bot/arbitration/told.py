"""A case in words, for its cards and pages: the question, each side, who has it, what came of it."""

from itertools import takewhile

from bot.arbitration.hearing import Hearing
from bot.asker import day_of
from bot.diagnosis.quotes import FUNCTIONS
from bot.request import Json
from bot.words import blocks
from bot.words.mrkdwn import Mrkdwn, bold, md, quote
from bot.words.text import N_
from flows.arbitration.entitled import is_party
from flows.arbitration.life import minority, options
from flows.arbitration.model import Position, Seat, Step
from flows.arbitration.slider import FIRST, MIDDLE, SECOND
from flows.dialogue.effects import PREFIX
from flows.project import Role
from flows.words import Words

SEATS: dict[Seat, str] = {
    "arbiter": N_("arbiter"),
    "sponsor": N_("sponsor"),
    "committee": N_("management committee"),
    "delegate": N_("delegate"),
    "deputy": N_("standing in"),
}
#: Who settles, in this order, before the management committee does.
SETTLING: tuple[Role, ...] = ("arbiter", "sponsor")
STANDINGS = {
    "gathering": N_("each side is giving its words"),
    "waiting": N_("waiting"),
    "due today": N_("due today"),
    "overdue": N_("overdue"),
    "decided": N_("decided"),
    "withdrawn": N_("taken back"),
}


def head(found: Hearing) -> Mrkdwn:
    """ "*TRD-2* Who owns the contact records? · *waiting*". That somebody is late is said to those concerned,
    and never in the channel."""
    w, case = found.w, found.case
    said = Mrkdwn(" ").join([bold(case.ref), md(w.of(case.title))])
    stands = found.standing if found.me.user or not case.live else case.state
    return Mrkdwn(" · ").join([said, bold(w(STANDINGS[stands]))])


def whose(found: Hearing) -> Mrkdwn:
    """Who settles it, in what capacity, until when."""
    w, case = found.w, found.case
    if case.seat == "committee":
        said = w.md("The management committee decides; {name} records it", name=found.name(case.arbiter))
    else:
        said = w.md("For {name} ({seat})", name=found.name(case.arbiter), seat=w(SEATS[case.seat]))
    parts = [said]
    if case.due is not None and case.live:
        late = found.standing == "overdue" and found.me.user
        day = w.day(case.due)
        parts.append(w.md("was due on {day}", day=day) if late else w.md("until {day}", day=day))
    if case.subject and "-" in case.subject:
        parts.append(w.md("about {ref}", ref=case.subject))
    return Mrkdwn(" · ").join(parts)


def question(found: Hearing) -> list[Json]:
    """Why it matters, and what happens if nobody decides."""
    w, case = found.w, found.case
    rows = []
    if case.why:
        rows.append(blocks.section(w.md("*Why it matters*\n{why}", why=case.why)))
    if case.functions:
        names = w.listed(w.of(FUNCTIONS.get(code, Words.same(code))) for code in case.functions)
        rows.append(blocks.context(w.md("Concerns: {names}", names=names)))
    what = case.consequence or w("It stays open, and each goes on by their own reading of it.")
    if case.due is not None and case.live and found.standing != "overdue":
        said = w.md("*If nobody decides by {day}*\n{what}", day=w.day(case.due), what=what)
    else:
        said = w.md("*If nobody decides*\n{what}", what=what)
    rows.append(blocks.section(said))
    return rows


def sides(found: Hearing) -> list[Json]:
    """Two sides beside each other, in their authors' own words; and who has been asked and has not spoken
    is not named. Of a slider both sides have their place, also the one nobody has put in words."""
    w, spoken = found.w, [side(found, one) for one in found.case.said]
    if found.poles is not None and found.case.live:
        spoken = [*spoken, *_unspoken(found)]
    rows = [blocks.fields(*spoken[n : n + 2]) for n in range(0, len(spoken), 2)]
    silent = sum(one.state == "asked" for one in found.case.positions)
    if silent:
        said = w.plural(
            "{n} more side has been asked for its words.",
            "{n} more sides have been asked for their words.",
            silent,
        )
        rows.append(blocks.context(said))
    return rows


def _unspoken(found: Hearing) -> list[Mrkdwn]:
    """The sides of a slider that nobody has put in words; in the order in which sides stand in this case."""
    w, said = found.w, {one.option for one in found.case.said}
    both = zip(found.poles or (), (FIRST, SECOND), strict=False)
    nothing = w.md("Nobody has put this side in words.")
    rows = [
        Mrkdwn("\n").join([bold(w.of(pole)), nothing]) for pole, points in both if said.isdisjoint(points)
    ]
    return rows if found.case.number % 2 else rows[::-1]


def stands(found: Hearing) -> list[Json]:
    """Where people stand on a slider: how many, and nobody's name; each side with the same room."""
    w, at, poles = found.w, found.stand, found.poles
    if at is None or poles is None:
        return []
    head = w.plural_md("*Where people stand* · {n} person", "*Where people stand* · {n} people", at.total)
    columns = [
        Mrkdwn("\n").join([
            bold(w.of(pole)),
            w.md("clearly: {n}", n=at.counts[points[0]]),
            w.md("rather: {n}", n=at.counts[points[1]]),
        ])
        for pole, points in zip(poles, (FIRST, SECOND), strict=True)
    ]  # fmt: skip
    small = [w.md("Half-way: {n}", n=at.counts[MIDDLE])]
    if at.own:
        small.append(w.md("You: {point}", point=found.case.scale[at.own]))
    return [blocks.section(head), blocks.fields(*columns), blocks.context(Mrkdwn(" · ").join(small))]


def side(found: Hearing, one: Position) -> Mrkdwn:
    """What they propose, why, and whose words these are."""
    parts = [
        bold(proposal(found, one)),
        quote(one.words),
        found.w.md("In the words of {name}", name=found.name(one.author)),
    ]
    return Mrkdwn("\n").join(parts)


def proposal(found: Hearing, one: Position) -> str:
    """What a side wants, as the arbiter can choose it."""
    wanted = next((option.words for option in options(found.case) if option.key == one.option), None)
    return found.w.of(wanted) if wanted is not None else one.proposal


def on_the_way(found: Hearing) -> list[Json]:
    """Why it is not for whoever settles things here (4.1), and what happened meanwhile: passed on, delegated,
    something is missing."""
    said = [_step(found, step) for step in found.case.trail]
    return [blocks.context(line) for line in (*_parties(found), *said)]


def _parties(found: Hearing) -> list[Mrkdwn]:
    """Arbiter, then sponsor, whose own matter it is from the start; to have said so is a step of its own."""
    cast, case = found.project.cast, found.case
    held = dict.fromkeys(user for role in SETTLING if (user := cast.holder(role)))
    passed = takewhile(lambda user: is_party(cast, case, user), held)
    own = [user for user in passed if user not in case.out]
    return [
        found.w.md(
            "It concerns {name} (department, pay or position): nobody settles a matter of their own.",
            name=found.name(user),
        )
        for user in own
    ]


#: What happened, by its name; what goes to nobody in person has words of its own.
STEPS = {
    "need": N_("{name} needs more before deciding:"),
    "delegated": N_("{name} has asked {to} to settle it."),
    "replaced": N_("It is now for {to} to settle."),
    "returned": N_("{name} cannot settle it: it is back with {to}."),
    "away": N_("{name} is away: it is for {to} to settle meanwhile."),
    "nobody there": N_("{name} is away until after its date: it goes to the management committee."),
    "back": N_("{name} is back: it is theirs to settle again."),
    "withdrawn": N_("{name} has taken it back: people agree now."),
    "settled": N_("It has been settled meanwhile, in another way."),
    "passed": N_("{name} is a party to this: it goes to {to}."),
    "committee": N_("{name} is a party to this: it goes to the management committee."),
}


def _step(found: Hearing, step: Step) -> Mrkdwn:
    nobody = {"passed": "committee", "away": "nobody there"}
    what = nobody.get(step.what, step.what) if not step.to else step.what
    said = found.w.md(STEPS[what], name=found.name(step.by), to=found.name(step.to))
    return Mrkdwn("\n").join([said, quote(step.words)]) if step.words else said


def outcome(found: Hearing) -> list[Json]:
    """What was decided, by whom, why, what is given up, and the minority view in its own words."""
    w, made = found.w, found.case.outcome
    if made is None:
        return []
    ref = f"{PREFIX['decision']}-{made.decision}"
    if found.case.seat == "committee":
        by = w.md("Settled by the management committee")
    else:
        by = w.md("Settled by {name} ({seat})", name=found.name(made.by), seat=w(SEATS[found.case.seat]))
    small = [by, w.md("on {day}", day=w.day(day_of(made.at, found.project)))]
    small.append(md(w("can be undone") if made.reversible else w("cannot be undone")))
    if made.review:
        small.append(w.md("review on {day}", day=w.day(made.review)))
    rows = [
        blocks.section(w.md("*{ref}* {choice}", ref=ref, choice=made.words)),
        blocks.context(Mrkdwn(" · ").join(small)),
        blocks.section(
            w.md("*Because* {reason}\n*We accept to lose* {loss}", reason=made.reason, loss=made.loss)
        ),
    ]
    against = [one for one in minority(found.case) if one.words]
    if against:
        said = [w.md("*Minority view*")]
        said += [Mrkdwn("\n").join([quote(one.words), md(found.name(one.author))]) for one in against]
        rows.append(blocks.section(Mrkdwn("\n").join(said)))
    return rows
