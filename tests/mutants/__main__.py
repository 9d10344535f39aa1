"""`python -m mutants`, which each process of a mutant imports as well: so it imports nothing before it runs."""

import sys

if __name__ == "__main__":
    from mutants.command import run

    sys.exit(run(sys.argv[1:]))
