"""The engine's own cases as records: as a city would export them, so that model and city lie side by side."""
