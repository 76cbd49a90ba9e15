"""The content of dialogues, and its loader."""

from flows.playbook.loader import ContentErrors, load
from flows.playbook.model import Playbook, Term

__all__ = ["ContentErrors", "Playbook", "Term", "load"]
