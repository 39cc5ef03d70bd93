"""Names of people: how a name is spelt, which mentions are of one person, and what identifies a party."""
