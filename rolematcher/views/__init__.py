"""The recruiter's pages: parse a request, call one verb, answer."""
