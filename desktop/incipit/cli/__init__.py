"""The command line: the same library as the window, without Qt."""
