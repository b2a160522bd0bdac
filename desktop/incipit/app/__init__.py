"""Puts the program together: application, crash hook, single instance and wiring."""
