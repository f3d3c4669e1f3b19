"""A page to try things on: what may be moved, what comes of it, and the server that tells it to this machine alone."""
