"""Check-ins answered under one's name (5.1): what each person is asked, and what the answers say. Pure."""
