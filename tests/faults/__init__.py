"""Kills the bot under load with a faulty Slack, and counts what is lost or doubled (`make faults`)."""
