"""What people read: text in their language, made harmless, fitted to Slack's limits, as blocks."""
