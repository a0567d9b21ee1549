"""What a watch recorded: raw recordings, cleaned activities, their summaries."""
