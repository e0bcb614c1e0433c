"""The verbs: each module is one family of things people do, named entity_action."""
