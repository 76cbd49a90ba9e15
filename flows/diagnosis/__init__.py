"""The diagnosis: rules, and what they say. The full score comes with later dialogues."""
