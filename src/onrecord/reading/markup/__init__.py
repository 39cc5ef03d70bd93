"""Web pages: markup to blocks of text that know their bytes."""
