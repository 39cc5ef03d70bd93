"""An editor's own draft against the record: what the desk has of each statement, and what to mend before printing."""
