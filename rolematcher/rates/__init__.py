"""Observations, conversion facts and exchange rates: import, coverage, freshness."""
