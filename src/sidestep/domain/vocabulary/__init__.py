"""Words shared by the whole domain: sports and evidence."""
