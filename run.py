"""Run the simulator; `python run.py --help` tells what it can do."""

from sim.cli import main

if __name__ == "__main__":
    main()
