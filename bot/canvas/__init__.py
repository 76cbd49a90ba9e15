"""Documents as Slack canvases: published in the project's channel, refreshed in place, never read back."""
