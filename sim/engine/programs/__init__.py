"""What one attempt at a step consists of: from preparing the papers to the decision, for all cases at once."""
