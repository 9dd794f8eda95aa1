"""One file = one step of the schema; never changed once released."""
