"""Run a reader's code in a process of its own, held and watched."""
