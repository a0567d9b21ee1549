"""Video files and cameras, through PyAV."""
