"""Length-controlled win rates with a stated ridge, by scikit-learn.

numpy==2.4.6 scikit-learn==1.9.1

    python tests/stats/length_controlled.py > tests/stats/length_controlled.json
"""

import json

import numpy as np
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(20240404)


def fit(preference, features, ridge):
    """A preference p counts as a win with weight p and a loss with weight 1 - p. One penalty suits all weights when each
    feature is divided by the root of its own."""
    scale = np.sqrt(ridge)
    x = np.vstack([features, features]) / scale
    y = np.repeat([1, 0], len(preference))
    model = LogisticRegression(C=1.0, fit_intercept=False, tol=1e-12, solver="newton-cholesky", max_iter=1000)
    model.fit(x, y, sample_weight=np.concatenate([preference, 1 - preference]))
    return model.coef_[0] / scale


cases = []
for n, ridge, has_difficulty in [(60, (1.0, 1.0, 1.0), True), (200, (0.01, 10.0, 1.0), False), (35, (0.5, 0.05, 3.0), True)]:
    longer = rng.normal(300, 900, n).round()
    difficulty = rng.normal(0, 1, n).round(3) if has_difficulty else np.zeros(n)
    pull = 0.3 + 1.2 * np.tanh(longer / longer.std(ddof=1)) - 0.6 * difficulty + rng.normal(0, 1, n)
    preference = (1 / (1 + np.exp(-pull))).round(2)
    # Judges often give plain verdicts.
    preference = np.where(rng.random(n) < 0.5, (preference > 0.5).astype(float), preference)
    features = np.column_stack([np.ones(n), np.tanh(longer / longer.std(ddof=1)), difficulty])
    weights = fit(preference, features, np.array(ridge))
    rate = float(np.mean(1 / (1 + np.exp(-(weights[0] + weights[2] * difficulty)))))
    cases.append({"preference": preference.tolist(), "longer": longer.tolist(), "difficulty": difficulty.tolist(),
                  "ridge": ridge, "weights": weights.tolist(), "win_rate": rate})
print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
