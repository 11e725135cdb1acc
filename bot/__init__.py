"""The doors and the turn: channels, the console, the host, the command line."""
