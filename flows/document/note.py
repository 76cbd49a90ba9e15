"""The scoping note (DOC1, section 7.2 of the domain): sections N01 to N06 and N24."""

from flows.document.facts import Asked, NoteFacts

__all__ = ["Asked", "NoteFacts"]
