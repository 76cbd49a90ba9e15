"""The one schedule of a project's rhythm: every day, just after midnight where the project is."""

from datetime import time

from storage.recurring import Recurring

#: Before anybody's hours begin, wherever they are.
EVERY_DAY = Recurring(kind="rhythm", rrule="FREQ=DAILY", at=time(0, 10))
