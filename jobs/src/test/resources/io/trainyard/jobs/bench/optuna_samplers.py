"""Optuna's samplers on the functions of the benchmark sampler-quality, which SearchFunction.java defines alike.

usage: optuna_samplers.py SAMPLER FUNCTION FIRST_SEED SEEDS TRIALS WORKERS
prints a line "study SEED REGRET SECONDS" for each seed
"""
import heapq
import logging
import math
import random
import sys
import time
import warnings

import optuna

optuna.logging.set_verbosity(logging.ERROR)
warnings.filterwarnings("ignore")

HARTMANN_WEIGHTS = [1.0, 1.2, 3.0, 3.2]
HARTMANN_STEEPNESS = [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
]
HARTMANN_CENTRES = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]
NOISE = 0.0332


def cube(trial, dimensions, low, high):
    return [trial.suggest_float(f"x{i}", low, high) for i in range(dimensions)]


def branin(trial):
    x = trial.suggest_float("x", -5, 10)
    y = trial.suggest_float("y", 0, 15)
    parabola = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return parabola**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10 - 0.39788735772973816


def hartmann6(trial):
    x = cube(trial, 6, 0, 1)
    total = 0.0
    for weight, steepness, centres in zip(HARTMANN_WEIGHTS, HARTMANN_STEEPNESS, HARTMANN_CENTRES):
        total += weight * math.exp(-sum(a * (v - p) ** 2 for a, v, p in zip(steepness, x, centres)))
    return 3.322368011415515 - total


def ackley5(trial):
    x = cube(trial, 5, -32.768, 32.768)
    squares = math.sqrt(sum(v * v for v in x) / 5)
    waves = sum(math.cos(2 * math.pi * v) for v in x) / 5
    return -20 * math.exp(-0.2 * squares) - math.exp(waves) + 20 + math.e


def rosenbrock10(trial):
    x = cube(trial, 10, -5, 5)
    return sum(100 * (b - a * a) ** 2 + (1 - a) ** 2 for a, b in zip(x, x[1:]))


def sphere10(trial):
    return sum(v * v for v in cube(trial, 10, -5, 5))


def mixed(trial):
    kind = trial.suggest_categorical("kind", ["a", "b", "c", "d"])
    rate = trial.suggest_float("rate", 1e-5, 1, log=True)
    units = trial.suggest_int("units", 8, 1024, log=True)
    depth = trial.suggest_int("depth", 1, 12)
    share = trial.suggest_float("share", 0, 1)
    offset = {"a": 1.0, "b": 0.3, "c": 0.0, "d": 2.0}[kind]
    centre = {"a": 0.2, "b": 0.8, "c": 0.6, "d": 0.5}[kind]
    return (
        offset
        + 0.5 * (math.log10(rate) + 2) ** 2
        + 0.2 * math.log2(units / 128) ** 2
        + 0.1 * (depth - 7) ** 2
        + 4 * (share - centre) ** 2
    )


def conditional(trial):
    learner = trial.suggest_categorical("learner", ["tree", "linear", "forest"])
    if learner == "linear":
        penalty = trial.suggest_float("penalty", 1e-6, 1, log=True)
        ratio = trial.suggest_float("ratio", 0, 1)
        return 0.3 + 0.1 * (math.log10(penalty) + 3) ** 2 + (ratio - 0.4) ** 2
    depth = trial.suggest_int("depth", 1, 15)
    if learner == "forest":
        share = trial.suggest_float("share", 0.1, 1)
        return 0.2 + 0.02 * (depth - 12) ** 2 + 2 * (share - 0.5) ** 2
    rate = trial.suggest_float("rate", 0.001, 1, log=True)
    grow = trial.suggest_categorical("grow", ["depth", "leaf"])
    loss = 0.02 * (depth - 6) ** 2 + 0.5 * (math.log10(rate) + 1.5) ** 2
    if grow == "depth":
        return 0.1 + loss
    leaves = trial.suggest_int("leaves", 8, 512, log=True)
    return loss + 0.2 * math.log2(leaves / 64) ** 2


FUNCTIONS = {
    "branin": branin,
    "hartmann6": hartmann6,
    "ackley5": ackley5,
    "rosenbrock10": rosenbrock10,
    "sphere10": sphere10,
    "mixed": mixed,
    "conditional": conditional,
    "hartmann6-noisy": hartmann6,
}


def sampler_of(name, seed, workers):
    if name == "tpe":
        return optuna.samplers.TPESampler(seed=seed, constant_liar=workers > 1)
    return optuna.samplers.GPSampler(seed=seed)


def study(sampler, function, seed, trials, workers):
    """In simulated time: each trial takes a log-normal time, and a new one is asked for as soon as one ends."""
    draws = random.Random(seed)
    created = optuna.create_study(sampler=sampler_of(sampler, seed, workers))
    truths = {}
    running = []
    now = 0.0
    for _ in range(trials):
        while len(running) < workers and len(truths) < trials:
            trial = created.ask()
            truths[trial.number] = FUNCTIONS[function](trial)
            heapq.heappush(running, (now + draws.lognormvariate(0, 1), trial.number, trial))
        now, number, trial = heapq.heappop(running)
        noise = draws.gauss(0, NOISE) if function.endswith("-noisy") else 0
        created.tell(trial, truths[number] + noise)
    return truths[created.best_trial.number]


def main(sampler, function, first, seeds, trials, workers):
    for seed in range(int(first), int(first) + int(seeds)):
        begun = time.monotonic()
        regret = study(sampler, function, seed, int(trials), int(workers))
        print(f"study {seed} {regret!r} {time.monotonic() - begun!r}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
