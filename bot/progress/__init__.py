"""How a project is going, as people see it: its card in the channel, pictures, news drafted for the lead."""
