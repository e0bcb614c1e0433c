"""What rooms above are told, inside the transaction that does it.

`documents_due(decisions, user, language, priority)`: they were made or overridden, so the brief of each is to
be made (anew), at the priority of a job, or as soon as can be where none is said.
"""

from django.dispatch import Signal

documents_due = Signal()
