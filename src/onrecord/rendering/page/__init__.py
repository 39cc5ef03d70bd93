"""The parts of the HTML brief that are more than a list: the archive of reports, the matrix, the relay graph."""
