"""The diagnosis as people meet it: its card, its pages, its runs, and the sponsor's override."""
