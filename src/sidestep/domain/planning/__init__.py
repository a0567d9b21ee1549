"""From limits and findings to a week: exercises, doses, days."""
