"""From answers to urgency, patterns and whether a plan is allowed."""
