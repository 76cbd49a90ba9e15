"""Ask a colleague: the form, the card the colleague gets, and what comes of it (journeys B4)."""
