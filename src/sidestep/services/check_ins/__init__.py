"""The days as the person tells them: asking, keeping, and what they change about the knee."""
