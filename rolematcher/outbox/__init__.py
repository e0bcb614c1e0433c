"""Jobs that must not be lost, and the worker that does them."""
