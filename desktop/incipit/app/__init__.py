"""The composition root: the application, its one window, and what keeps them honest."""
