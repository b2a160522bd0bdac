"""The Whoosh index: schema, columnar codec, query language and vectorised evaluation.

Whoosh stands in this package only. The index is a cache of the store: it can be thrown away
and rebuilt at any time.
"""
