"""Rasa 3.6 as a service of its own: what it is taught, how it is started, how it is asked."""
