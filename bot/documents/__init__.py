"""Documents as people get them: asked for, made into files, posted, kept in versions."""
