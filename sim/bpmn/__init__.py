"""Processes exchanged with programs that draw them, in BPMN 2.0."""
