"""Arbitration (4.1): what the team cannot settle, who is entitled to, and what must be said then."""
