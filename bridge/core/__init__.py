"""The pure heart: what is, what happened, and what an action means now."""
