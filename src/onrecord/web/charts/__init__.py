"""Charts that only the browser shows, placed by the server and drawn by templates."""
