"""What comes of workshops: records, answers of dialogues, points for the arbiter; minutes, list, script."""
