"""What every page shares: layout tags, middleware, languages, health."""
