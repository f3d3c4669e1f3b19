"""Files that nobody would write on purpose: every one ends in a clean run or in faults with their lines.

`seeds` are libraries that hold, `mutations` spoil them, `born` are specs that the language itself brings forth, `ends`
says how one of them ended, and `campaign` goes through thousands.
"""
