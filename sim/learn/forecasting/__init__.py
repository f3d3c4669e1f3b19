"""Forecasts of a log from its own past, held against what came."""
