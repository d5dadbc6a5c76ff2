"""How fast the engine is, and why: run ``python -m benchmarks.engine``."""
