"""The service: one loop, and the wiring of every part."""
