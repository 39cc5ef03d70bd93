"""Work beside the requests: stories kept ready or told ahead, jobs, and the process that tells stories."""
