"""The API for the network's own tools, under /api/v1."""
