"""The same verbs for other programs: tokens, the HTTP API, and many decisions from one file."""
