"""Who may look and who may decide: accounts, sessions, tokens, and the guard at the door."""
