"""The command `runas-spec`: a thin layer with one module per subcommand.

May import all other packages.
"""
