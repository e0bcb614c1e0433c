"""The decision as pure functions: text and answers in, verdicts and estimates out. Standard library only."""
