"""The symbolic universe: the model's own functions on Z3 terms, and the proofs of the laws."""
