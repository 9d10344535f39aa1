"""The command `runas-spec`."""
