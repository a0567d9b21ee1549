"""Films people whose joints are known exactly, so that what reads clips can be judged by the truth.

Not shipped with Sidestep. Bodies, clothes, gaits and cameras are described in a specification; the
result is a clip and, beside it, the truth of every frame and step.
"""
