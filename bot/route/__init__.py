"""The exit of a scoping as people choose it: what the facts propose, the choice, the arbiter's decision."""
