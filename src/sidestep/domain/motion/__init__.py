"""The knee in a clip: from tracked keypoints to steps, repetitions, measures and their errors."""
