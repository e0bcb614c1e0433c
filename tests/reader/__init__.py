"""Tests of the description reader."""
