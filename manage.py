#!/usr/bin/env python3
"""Dialoog's command line."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialoog.settings")
    execute_from_command_line(sys.argv)
