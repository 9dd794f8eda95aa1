"""A day solved exactly: exponential handling; tables over volumes, several patiences, a second level."""
