"""The command `runas-spec`: a thin front, a module for each of its commands.

May import all other packages.
"""
