"""The network's places without an address: who offers them, which fit a request, and what is held for it."""
