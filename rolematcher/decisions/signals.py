"""What rooms above are told, inside the transaction that does it.

`documents_due(decisions, user, language, priority)`: they were made or overridden, so the brief of each is to
be made (anew), at the priority of a job, or as soon as can be where none is said.
`happened(event, decisions, data)`: for programs outside; `data` holds ids and choices, no text people typed.
"""

from django.dispatch import Signal

documents_due = Signal()
happened = Signal()
