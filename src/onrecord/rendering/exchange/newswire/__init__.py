"""A brief as a news item, in the formats that agencies and editorial systems take."""
