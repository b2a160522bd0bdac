"""What the library keeps: documents, texts, sources, the index queue and what the user made.

SQL stands in this package only. `library_store.Store` is the door; the other modules are its
rooms. Nothing is imported here, so that workers can take `contents` and `records` without
paying for SQLite.
"""
