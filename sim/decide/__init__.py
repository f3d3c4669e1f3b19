"""Deciding by a model: how sure a verdict is, what each reform adds, what would be enough."""
