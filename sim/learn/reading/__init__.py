"""Tables as they come: text in any encoding, spreadsheets, databases, event logs; each read in pieces of plain text."""
