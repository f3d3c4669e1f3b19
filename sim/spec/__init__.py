"""What a service, a place and a material is: the spec language, and its checks of one process."""
