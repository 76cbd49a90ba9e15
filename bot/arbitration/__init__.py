"""Arbitration as people meet it: a point brought, each side's words, the arbiter's card, what was decided."""
