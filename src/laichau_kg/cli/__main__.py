"""`python -m laichau_kg.cli` is `laichau`."""

from laichau_kg.cli import main

if __name__ == "__main__":
    main()
