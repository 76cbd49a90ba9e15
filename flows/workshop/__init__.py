"""Workshops (4.): scripts, the machine of their phases, each method with its rule. Decides; sends nothing."""
