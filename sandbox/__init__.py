"""A Slack workspace in a box: speaks Slack's protocol and imports nothing of the product."""
