"""Role Matcher: which of three roles a project needs, why, and what to do about it."""
