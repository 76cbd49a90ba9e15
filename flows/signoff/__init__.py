"""Review and signature of a version of the note (journeys G3 to G5, N25)."""
