"""What is stored. One file a family; import models from here."""

from .audit import AuditEvent
from .briefs import Brief, BriefAttempt, WorkerBeat
from .decisions import LONG_COLUMNS, Decision, Outcome, Override
from .editions import Edition
from .intake import Draft, ManagerRequest, StartingPoint
from .people import Team, User
from .rates import ConversionFact, ExchangeRate, RateObservation
from .records import RecordPart, record_columns
from .requests import SentForm, Tries, requests_forget
from .sharing import ShareLink, ShareOpening

__all__ = [
    "LONG_COLUMNS",
    "AuditEvent",
    "Brief",
    "BriefAttempt",
    "ConversionFact",
    "Decision",
    "Draft",
    "Edition",
    "ExchangeRate",
    "ManagerRequest",
    "Outcome",
    "Override",
    "RateObservation",
    "RecordPart",
    "SentForm",
    "ShareLink",
    "ShareOpening",
    "StartingPoint",
    "Team",
    "Tries",
    "User",
    "WorkerBeat",
    "record_columns",
    "requests_forget",
]
