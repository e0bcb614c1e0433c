"""The decision, fast: an answer sheet as one integer, rows as masks, and how firm a decision is."""
