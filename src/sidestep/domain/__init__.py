"""What Sidestep knows how to work out: plain values in, plain values out."""
