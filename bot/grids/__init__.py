"""Criteria and vendors: what platforms are judged on, what each vendor has shown and claims, side by side."""
