"""What the documentation shows of the specification, made from it."""
