"""Controllers, purely: bytes to controls, gestures to actions, looks to bytes."""
