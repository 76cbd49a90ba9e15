"""Leaving: somebody's data goes, their name is taken off, and others see to what was theirs (journeys 2i)."""
