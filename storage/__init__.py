"""Remembers: the only place that knows SQL. Ordinary synchronous functions on a connection."""
