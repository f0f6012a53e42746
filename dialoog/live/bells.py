"""Bells: a saved change rings by name, and open pages that care read themselves again."""


def ring(channel, *topics):
    """Ring these topics on this channel once the change is committed."""
