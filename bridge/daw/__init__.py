"""Conversations with DAWs, without input or output of their own."""
