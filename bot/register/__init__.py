"""Records by hand, as people meet them: made, captured from a message, moved on, replaced, read, on cards."""
