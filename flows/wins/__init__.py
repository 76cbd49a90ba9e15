"""Small wins: noticed in a project's records, said when they may be, or told by people themselves."""
