"""People, teams, rights, second factor, the audit trail."""
