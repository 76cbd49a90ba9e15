"""The content of dialogues, and its loader."""

from flows.playbook.loader import ContentErrors, load
from flows.playbook.model import Playbook, Rule, Term

__all__ = ["ContentErrors", "Playbook", "Rule", "Term", "load"]
