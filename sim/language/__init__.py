"""The spec language: what a planner may write, and how it is read and checked."""
