"""What knows nothing of services: errors, files, workers, draws, working days, where things lie."""
