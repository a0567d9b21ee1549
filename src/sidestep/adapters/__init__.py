"""The technologies at the edge, one folder each; they never import each other."""
