"""What rooms above are told, inside the transaction that does it.

`documents_due(decision, user, language)`: it was made or overridden, so its brief is to be made (anew).
"""

from django.dispatch import Signal

documents_due = Signal()
