"""The pages, the API and the mirror in the browser; thin over the services."""
