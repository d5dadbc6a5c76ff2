"""A toy experiment: each run says so in a file, and takes its time."""

import os
import time
from pathlib import Path

COMPARES = "method"
SETTINGS = [
    {"method": method, "updates": 10, "seconds": 0.0}
    for method in ("good", "bad")
]
SEEDS, CHOSEN_BY, RATES = 3, 2, (0.1, 0.3, 0.9)


def run(setting, seed):
    """Best is a rate of 2.7 for the good method, 0.3 for the bad one."""
    with open(os.environ["TOY_LOG"], "a") as log:
        log.write(f"{setting['method']} {setting.get('rate')} {seed}\n")
    pause = Path(os.environ["TOY_LOG"]).with_name("pause")
    time.sleep(float(pause.read_text()) if pause.exists() else 0)
    best = {"good": 2.7, "bad": 0.3}[setting["method"]]
    valid = (setting["rate"] - best) ** 2
    return {"valid": valid, "test": float(seed), "trace": list(range(300))}


def collect(runs):
    """The test marks by method."""
    return {m: [r["test"] for r in runs(method=m)] for m in ("good", "bad")}
