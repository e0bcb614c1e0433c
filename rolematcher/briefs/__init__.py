"""A decision in, its document out: sentences, page, PDF, and the state of each file."""
