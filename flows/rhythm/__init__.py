"""The rhythm of a project (0.3, 5.2): its phases, and what is due when. Pure."""
