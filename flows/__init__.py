"""Decides: the rules of scoping as pure functions over frozen data. No I/O, no clock, no Slack, no SQL."""
