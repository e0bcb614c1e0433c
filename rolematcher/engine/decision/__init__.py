"""The decision, readable: answers to facts, facts to a verdict with the trace of how it came about."""
