"""The flat tables an engine plays, the flat rows it leaves, and what is measured of them."""
