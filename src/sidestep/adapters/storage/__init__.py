"""Keeps everything in the data folder: database, streams, originals."""
