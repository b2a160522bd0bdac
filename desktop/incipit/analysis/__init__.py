"""What can be counted over the columns of the index: pure functions that know no index.

The columns come through the protocol `incipit.models.TokenColumns`.
"""
