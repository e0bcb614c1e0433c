"""The form that leads to a decision: drafts, starting points, what-if."""
