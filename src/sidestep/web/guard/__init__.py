"""What stands at the door: hosts, origins, sizes, headers, attempts."""
