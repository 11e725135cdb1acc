"""The engine: session + event -> session + screens + commands. Standard library only, no I/O, no clock, no dice."""
