"""From bytes to text, tokens, titles and offsets: pure functions that know no file, SQL or Qt."""
