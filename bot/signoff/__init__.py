"""The note goes round: sent for review, remarked on, voted on, signed (journeys G3 to G5)."""
