"""The tables, one module a capability, one comment a column. Holds no query."""

from storage.tables.alignments import alignment
from storage.tables.arbitrations import arbitration, arbitration_position
from storage.tables.asks import ask
from storage.tables.audits import audit, audit_head
from storage.tables.delegations import delegation
from storage.tables.diagnoses import diagnosis
from storage.tables.dialogues import answer, answer_past, dialogue, participation
from storage.tables.digests import digest, digest_setting, mail_choice, news
from storage.tables.documents import document, document_file
from storage.tables.grids import vendor_claim, vendor_grid
from storage.tables.logs import log_entry
from storage.tables.outgoings import outgoing
from storage.tables.people import person
from storage.tables.plans import override, plan_step
from storage.tables.projects import member, note, project, role
from storage.tables.registers import counter, record, record_change, record_link, record_source
from storage.tables.reviews import remark, review, review_vote, signature
from storage.tables.rhythms import checkin, lot_user, milestone, occasion, pause, reply
from storage.tables.schema import ACROSS, metadata
from storage.tables.sending import gate, lane, outbox, outbox_place
from storage.tables.surfaces import card, inbox, memo
from storage.tables.times import mark, occurrence, schedule
from storage.tables.upkeeps import handover, upkeep
from storage.tables.waves import (
    ballot_box,
    ballot_ledger,
    coach_month,
    coach_request,
    coach_slot,
    wave,
    wave_comment,
    wave_invited,
    wave_result,
)
from storage.tables.wins import initiative, win, win_key
from storage.tables.workshops import (
    workshop,
    workshop_card,
    workshop_person,
    workshop_result,
    workshop_vote,
)

__all__ = [
    "ACROSS",
    "alignment",
    "answer",
    "answer_past",
    "arbitration",
    "arbitration_position",
    "ask",
    "audit",
    "audit_head",
    "ballot_box",
    "ballot_ledger",
    "card",
    "checkin",
    "coach_month",
    "coach_request",
    "coach_slot",
    "counter",
    "delegation",
    "diagnosis",
    "dialogue",
    "digest",
    "digest_setting",
    "document",
    "document_file",
    "gate",
    "handover",
    "inbox",
    "initiative",
    "lane",
    "log_entry",
    "lot_user",
    "mail_choice",
    "mark",
    "member",
    "memo",
    "metadata",
    "milestone",
    "news",
    "note",
    "occasion",
    "occurrence",
    "outbox",
    "outbox_place",
    "outgoing",
    "override",
    "participation",
    "pause",
    "person",
    "plan_step",
    "project",
    "record",
    "record_change",
    "record_link",
    "record_source",
    "remark",
    "reply",
    "review",
    "review_vote",
    "role",
    "schedule",
    "signature",
    "upkeep",
    "vendor_claim",
    "vendor_grid",
    "wave",
    "wave_comment",
    "wave_invited",
    "wave_result",
    "win",
    "win_key",
    "workshop",
    "workshop_card",
    "workshop_person",
    "workshop_result",
    "workshop_vote",
]
