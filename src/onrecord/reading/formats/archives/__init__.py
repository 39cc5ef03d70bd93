"""Archives of the web and of files: WARC, WACZ, zip."""
