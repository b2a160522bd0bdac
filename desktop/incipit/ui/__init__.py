"""The window: Qt widgets, one a module, that take arguments and emit signals."""
