"""Text in and out: configuration, songs, profiles, layouts."""
