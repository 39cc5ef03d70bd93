"""The command line: it asks the pipeline and renders, it knows nothing itself."""
