"""Named check-ins as people meet them: asked in one message, answered in one form, followed up."""
