"""`passerelle`, the same as `python -m bot`."""

import sys


def main() -> int:
    """Run a command; its exit code."""
    from bot.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
