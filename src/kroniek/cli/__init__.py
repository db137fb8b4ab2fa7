"""The command line. Results go to stdout, progress and messages to stderr.

Exit codes: 0 done, 1 error, 2 wrong use, 3 done but some inputs were rejected, 4 not found.
"""

from __future__ import annotations

import os
import sys

from kroniek.cli.app import app
from kroniek.cli.text import printable
from kroniek.errors import KroniekError, NotFoundError

ERROR, NOT_FOUND, INTERRUPTED = 1, 4, 130


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        app()
    except NotFoundError as error:
        _fail(error, NOT_FOUND)
    except KroniekError as error:
        _fail(error, ERROR)
    except BrokenPipeError:  # the reader of our output has gone: `kroniek timeline FILE | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _fail(error, ERROR)
    except KeyboardInterrupt:
        print("kroniek: stopped; the same command goes on where this one ended", file=sys.stderr)
        sys.exit(INTERRUPTED)


def _fail(error: Exception, code: int) -> None:
    print(f"kroniek: {printable(str(error))}", file=sys.stderr)
    sys.exit(code)


__all__ = ["app", "main"]
