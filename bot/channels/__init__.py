"""The doors: each turns what it gets into Incoming, and a Reply into what it shows. None decides anything."""
