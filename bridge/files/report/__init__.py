"""A report as one HTML file with its pictures in it."""
