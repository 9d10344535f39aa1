"""`python -m renew`: make every derived file again, and say what changed."""

import sys

from renew.command import run

if __name__ == "__main__":
    sys.exit(run())
