"""`python -m interpreters`: the test suite on every interpreter that is there; needs nothing installed."""

import sys

from interpreters.command import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
