"""Published rulebooks: draft, check, publish, go back, replay."""
