"""A pasted description in, suggested answers with the words they rest on out (`read`)."""
