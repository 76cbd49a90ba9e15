"""A round of questions: what to send to whom and when, invitations, cards, reminders, closing."""
