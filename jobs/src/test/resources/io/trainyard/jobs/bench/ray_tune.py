"""Trials that return at once, by Ray Tune: ray_tune.py TRIALS SLOTS RUNS FOLDER. Prints the seconds of every run."""

import os
import sys
import time

os.environ["RAY_DISABLE_IMPORT_WARNING"] = "1"
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

import ray
from ray import tune


def trial(config):
    return {"value": config["x"]}


def run(trials, slots, folder):
    tuner = tune.Tuner(
        trial,
        param_space={"x": tune.uniform(0, 1)},
        tune_config=tune.TuneConfig(num_samples=trials, max_concurrent_trials=slots, reuse_actors=True),
        run_config=tune.RunConfig(storage_path=folder, verbose=0),
    )
    started = time.perf_counter()
    results = tuner.fit()
    seconds = time.perf_counter() - started
    assert len(results) == trials and results.num_errors == 0
    return seconds


trials, slots, runs = (int(argument) for argument in sys.argv[1:4])
ray.init(num_cpus=slots, include_dashboard=False, configure_logging=False)
run(slots, slots, sys.argv[4])
for _ in range(runs):
    print("seconds", run(trials, slots, sys.argv[4]), flush=True)
ray.shutdown()
