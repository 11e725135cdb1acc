"""The coordinators' pages: the queue, requests, people, and who did what."""
