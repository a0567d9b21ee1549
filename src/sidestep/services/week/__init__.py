"""From limits and findings to a week."""
