"""The kept decision: making, lists, page, versions, override, status, outcome, exports, reports."""
