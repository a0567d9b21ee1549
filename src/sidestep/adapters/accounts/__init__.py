"""Opens what accounts export: Strava, Garmin, Apple Health, Runkeeper, plain folders."""
