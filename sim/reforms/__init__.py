"""Reforms: rewrites of the graph with a legal guard."""
