"""Reports and notes onto the desk: from files, from feeds, from annotations."""
