"""Certificates for this machine and the house."""
