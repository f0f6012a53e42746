#!/usr/bin/env python3
"""Dialoog's command line."""

import sys

from dialoog import bootstrap

if __name__ == "__main__":
    bootstrap.main(sys.argv)
