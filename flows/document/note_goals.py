"""Sections N02 to N04 of the scoping note: context, goals, scope."""

from flows.dialogue.results import result
from flows.dialogue.show import in_words
from flows.document import figures
from flows.document.blocks import answer, goals, kept, line, spread, table, texts
from flows.document.missing import Find, Source, live, missing
from flows.document.model import Block, Bullets, Missing, Paragraph, Section
from flows.words import Words

NO_SHARED_SENTENCE = Words(
    "⚠ No shared sentence on what the tool will and will not do.",
    "⚠ Aucune phrase partagée sur ce que l’outil fera et ne fera pas.",
)
NO_EXCLUSION = Words("⚠ No exclusion was agreed.", "⚠ Aucune exclusion n’a été convenue.")
WHAT_IT_IS_NOT = Words("Needs set aside", "Besoins écartés")


def context(find: Find) -> Section:
    """N02. SET03 only when it is asked: after a replacement or a restart."""
    start = find("SET02")
    again = any(given.value in ("replace", "relaunch") for _, given in start.given)
    forms = ("SET02", *(("SET03",) if again else ()), "SET04", "SET05", "SET06", "SET07")
    return Section(
        id="N02",
        title=Words("Context and what is expected from the tool", "Contexte et attentes envers l’outil"),
        blocks=(
            *(answer(find(id)) for id in forms),
            spread(find("OBJ05")),
            spread(find("OBJ07")),
            *_reorganises(find("ANX08")),
            *_expected(find),
        ),
    )


def _reorganises(source: Source) -> tuple[Block, ...]:
    """That the CRM is a means of reorganising, where people have been told; nothing of another answer."""
    told = [given.value for _, given in source.rows if given.value == "open"]
    said = in_words(source.question, told[0], {}) if told else None
    return (Paragraph(words=said, label=source.question.short),) if said is not None else ()


def _expected(find: Find) -> tuple[Block, ...]:
    """ANX09, the sentence everybody can repeat; without it the note says that there is none."""
    sentence = find("ANX09")
    if sentence.given:
        return (answer(sentence),)
    return (Missing(words=NO_SHARED_SENTENCE, question="ANX09"),)


def goal_section(find: Find) -> Section:
    """N03."""
    commitment = find("OBJ11")
    reserved = any(given.value in ("reserved", "not_yet") for _, given in commitment.given)
    blocks: tuple[Block, ...] = (
        texts(find("OBJ01")),
        goals(find("OBJ02")),
        goals(find("OBJ03")),
        spread(find("OBJ04")),
        *_ranked(find("OBJ04")),
        answer(find("OBJ09")),
        spread(commitment),
        *((texts(find("OBJ11a")),) if reserved else ()),
        texts(find("OBJ12")),
    )
    return Section(id="N03", title=Words("Goals", "Objectifs et enjeux"), blocks=blocks)


def _ranked(source: Source) -> tuple[Block, ...]:
    """The benefits as a picture, where they were ranked."""
    if not source.given:
        return ()
    bars = result(source.question, [answer for _, answer in source.given], source.facts.names).bars
    return (figures.benefits(bars),) if bars else ()


def scope(find: Find) -> Section:
    """N04: the groups of the lots, the areas described, what is left out."""
    lots, facts = find("PLA04"), find("PLA04").facts
    aside = [one for one in live(facts, "need") if one.fields.get("priority") == "W"]
    return Section(
        id="N04",
        title=Words("Scope and exclusions", "Périmètre et exclusions"),
        blocks=(
            table(lots, live(facts, "lot"), ("title", "groups")),
            spread(find("PRO01")),
            kept(find("OBJ10"), "exclusion", NO_EXCLUSION),
            *((Bullets(items=tuple(line(one) for one in aside), label=WHAT_IT_IS_NOT),) if aside else ()),
            *(() if aside or find("NEE02").given else (missing(find("NEE02")),)),
        ),
    )
