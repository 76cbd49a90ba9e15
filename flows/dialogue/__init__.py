"""The dialogue core: questions, answers, and what follows from them."""
