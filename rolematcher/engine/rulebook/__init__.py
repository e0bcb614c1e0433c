"""The rulebook: one TOML text in, a checked `Rulebook` out (`read`), and back into words (`listing`)."""
