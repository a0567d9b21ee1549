"""What programs read and write, the same documents as the command line prints."""
