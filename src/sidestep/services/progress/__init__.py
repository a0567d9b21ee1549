"""How it has gone: pain, load and what was done, over weeks."""
