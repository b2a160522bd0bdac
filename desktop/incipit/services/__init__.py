"""All that the window and the command line may call; no Qt, no SQL, no Whoosh here."""
