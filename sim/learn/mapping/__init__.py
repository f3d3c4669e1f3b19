"""What stands where in an export: the kinds of tables, the mapping file, and its starting version."""
