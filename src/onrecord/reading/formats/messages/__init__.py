"""Mail in its formats."""
