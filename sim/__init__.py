"""Simulate government services before they are reformed."""
