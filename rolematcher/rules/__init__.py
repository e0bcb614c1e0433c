"""The decision: a rulebook and answers in, a verdict with its trace out. Pure functions, no Django."""
