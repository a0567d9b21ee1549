"""A window and a loudspeaker, through pygame-ce."""

import os

# On import pygame greets on stdout, which belongs to the one JSON document.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
