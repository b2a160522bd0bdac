"""Incipit, a desktop corpus browser: drop text files in, search them offline, read."""

__version__ = "0.1.0"
