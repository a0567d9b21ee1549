"""What is said to a person, in her language and unit, on screen and on paper."""
