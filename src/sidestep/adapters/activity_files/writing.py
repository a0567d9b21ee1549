"""Writes activity files that other programs accept, in the three formats that are read."""

from sidestep.adapters.activity_files.fit_writing import write_fit
from sidestep.adapters.activity_files.xml_writing import write_gpx, write_tcx

__all__ = ["write_fit", "write_gpx", "write_tcx"]
