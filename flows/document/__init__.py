"""Documents: the scoping note and what later issues add, as data and as Markdown."""
