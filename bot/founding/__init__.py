"""Starting a project: its first screens, the channel it lives in, and the first look."""
