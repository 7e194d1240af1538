"""`python -m gradelib` is `gradelib`."""

from gradelib.cli import main

if __name__ == "__main__":
    main()
