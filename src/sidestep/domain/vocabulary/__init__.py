"""Words shared by the whole domain: sides, sports, evidence, uncertainty."""
