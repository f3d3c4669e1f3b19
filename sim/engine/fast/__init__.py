"""The compiled player of the same tables: the same log as SimPy's, row for row, many times as fast."""
