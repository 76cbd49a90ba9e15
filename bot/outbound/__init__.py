"""From the queue to Slack: claim, render, call, look before repeating, and what becomes of a row."""
