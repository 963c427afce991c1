"""Compares what the library answers with what the conformance corpus expects."""
