"""Errors and tests over the repositories of SWE-bench Verified, from the runs that its site publishes.

numpy==2.4.6 statsmodels==0.15.0

    python tests/stats/clusters_real.py info_for_leaderboard.json > tests/stats/clusters_real.json
"""

import itertools
import json
import sys

import numpy as np
import statsmodels.api as sm

with open(sys.argv[1]) as file:
    runs = json.load(file)
items = sorted(next(iter(runs.values())))
labels = np.unique([item.rsplit("-", 1)[0] for item in items], return_inverse=True)[1]
scores = {name: np.array([float(run[item]["resolved"]) for item in items]) for name, run in runs.items()}
signs = np.array(list(itertools.product((-1, 1), repeat=labels.max() + 1)))


def error(values):
    """In percentage points: of independent items, and over clusters."""
    fit = sm.OLS(values, np.ones(len(values)))
    kinds = {"groups": labels, "use_correction": True}
    return [100 * float(fit.fit().bse[0]), 100 * float(fit.fit(cov_type="cluster", cov_kwds=kinds).bse[0])]


def pair(a, b):
    difference = scores[a] - scores[b]
    sums = np.bincount(labels, difference)
    p = float(np.mean(np.abs(signs @ sums) >= abs(sums.sum()) - 1e-9))
    return {"a": a, "b": b, "difference": 100 * float(difference.mean()), "errors": error(difference), "p": p}


print(json.dumps({
    "items": len(items),
    "clusters": int(labels.max()) + 1,
    "scores": {name: {"score": 100 * float(values.mean()), "errors": error(values)} for name, values in scores.items()},
    "pairs": [pair(a, b) for a, b in itertools.combinations(sorted(scores), 2)],
}, indent=1))
