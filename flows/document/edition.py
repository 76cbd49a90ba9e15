"""The line under the title of a document that stays inside: which version, of which day, prepared by whom."""

from flows.dates import long_date
from flows.document.facts import NoteFacts
from flows.words import Words

VERSION = Words("Version {n}, {day}", "Version {n}, {day}")
BY = Words("{version}, prepared by {author}", "{version}, établie par {author}")


def edition(facts: NoteFacts) -> Words:
    """Version, day and author (7.1). Nobody is named where nobody pressed: before the meeting on the note it
    goes round by itself."""
    version = VERSION.fill(n=facts.version, day=long_date(facts.today))
    name = facts.names.get(facts.author)
    return BY.fill(version=version, author=name) if name else version
