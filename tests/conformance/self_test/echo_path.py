"""Puts the folder above on the import path, for programs that are started from here."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
