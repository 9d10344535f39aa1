"""The laws, and what tests them: strategies, the state machine."""
