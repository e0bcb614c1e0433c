"""The reader: a pasted text in, suggested answers with their words out; silent where it is not sure. Pure."""
