"""Finds people and their joints with the BlazePose networks, on OpenVINO."""
