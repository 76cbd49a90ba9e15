"""Speaks Slack, keeps time, wires everything together. Decides nothing about scoping."""
