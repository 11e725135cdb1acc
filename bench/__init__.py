"""Our figures, with the floors beside them: `make bench` prints them side by side in one run."""
