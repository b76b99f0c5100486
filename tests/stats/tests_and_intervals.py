"""Reference values for standard errors, intervals, paired tests and corrections for many tests.

numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0

    python tests/stats/tests_and_intervals.py > tests/stats/tests_and_intervals.json
"""

import itertools
import json
import math

import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_confint
import statsmodels.api as sm

rng = np.random.default_rng(20240711)


def rounded(values):
    return [float(f"{x:.4f}") for x in values]


def standard_errors():
    cases = []
    for n, clusters in [(5, 2), (40, 8), (200, 30)]:
        labels = rng.integers(0, clusters, n)
        values = rounded(rng.normal(0, 1, clusters)[labels] * 0.7 + rng.normal(0.5, 0.4, n))
        x = np.array(values)
        # The clustered sandwich of a regression on a constant, with the usual correction.
        fit = sm.OLS(x, np.ones(n)).fit(cov_type="cluster", cov_kwds={"groups": labels, "use_correction": True})
        # Miller's formula as a double loop differs from it only by SE^2 - sum e^2 / n^2 and the correction.
        e = x - x.mean()
        cross = sum(e[i] * e[j] for i in range(n) for j in range(n) if i != j and labels[i] == labels[j])
        se, g = stats.sem(x), len(set(labels))
        miller = se**2 + cross / n**2
        assert math.isclose((miller - se**2 + (e**2).sum() / n**2) * g / (g - 1), fit.bse[0] ** 2, rel_tol=1e-9)
        cases.append({"values": values, "clusters": labels.tolist(), "se": float(se), "clustered": float(fit.bse[0])})
    return cases


def errors_of_sums():
    """Two samples that share clusters: a regression on a constant for each, as one system with clustered errors."""
    cases = []
    for sizes, clusters in [((30, 50), 9), ((12, 12), 12), ((90, 47), 45)]:
        labels = [np.arange(n) % clusters for n in sizes]
        shared = rng.normal(0, 1, clusters)
        samples = [rounded(shared[of] * 0.5 + rng.normal(0.3, 0.4, len(of))) for of in labels]
        y = np.concatenate(samples)
        # A column for each sample; the sum of all values is n_1 times the first mean plus n_2 times the second.
        x = np.zeros((sum(sizes), 2))
        x[: sizes[0], 0] = x[sizes[0] :, 1] = 1
        kinds = {"groups": np.concatenate(labels), "use_correction": False}
        covariance = sm.OLS(y, x).fit(cov_type="cluster", cov_kwds=kinds).cov_params()
        weights = np.array(sizes, dtype=float)
        # Every sample has all clusters, so that the correction is the same for both.
        error = math.sqrt(weights @ covariance @ weights * clusters / (clusters - 1))
        cases.append({"samples": samples, "clusters": [of.tolist() for of in labels], "error": error})
    return cases


def wilson():
    cases = []
    for count, n, level in [(0, 10, 0.95), (10, 10, 0.95), (3, 7, 0.9), (57, 64, 0.99), (812, 1319, 0.95), (1, 10000, 0.999)]:
        low, high = proportion_confint(count, n, alpha=1 - level, method="wilson")
        cases.append({"count": count, "n": n, "level": level, "low": float(low), "high": float(high)})
    return cases


def zero_failures():
    # Clopper and Pearson's one-sided bound.
    return [{"n": n, "level": level, "high": float(stats.beta.ppf(level, 1, n))} for n in (1, 20, 300) for level in (0.9, 0.95)]


def mcnemar_tests():
    cases = []
    for b, c in [(0, 0), (1, 0), (5, 5), (2, 9), (10, 25), (0, 40), (480, 530), (3, 3000)]:
        exact = float(mcnemar([[0, b], [c, 0]], exact=True).pvalue) if b + c else 1.0
        n, k = b + c, min(b, c)
        mid = 1 - 0.5 * stats.binom.pmf(k, n, 0.5) if b == c else 2 * stats.binom.cdf(k, n, 0.5) - stats.binom.pmf(k, n, 0.5)
        cases.append({"b": b, "c": c, "exact": exact, "mid": float(mid)})
    return cases


def sign_flips_few():
    cases = []
    for n in (1, 2, 6, 10, 13):
        d = np.array(rounded(rng.normal(0.3, 1, n)))
        s = abs(d.sum()) - 1e-9
        count = sum(abs(np.dot(signs, d)) >= s for signs in itertools.product((-1, 1), repeat=n))
        if n > 1:
            result = stats.permutation_test((d,), np.sum, permutation_type="samples", n_resamples=np.inf)
            assert math.isclose(count / 2**n, result.pvalue, rel_tol=1e-9)
        cases.append({"differences": d.tolist(), "p": count / 2**n})
    return cases


def sign_flips_many():
    """Integer differences: the distribution of the sum by convolution, exactly."""
    cases = []
    for n, shift, spread in [(30, 0, 3), (60, 0, 1), (60, 1, 3), (200, 1, 4), (400, 0, 5), (500, 2, 6), (90, 0, 1)]:
        d = rng.integers(-spread, spread + 1, n) + shift
        if spread == 1 and n == 90:
            d = np.where(rng.random(n) < 0.9, 1, -1)
        total = int(np.abs(d).sum())
        counts = [0] * (2 * total + 1)
        counts[total] = 1
        for size in np.abs(d).tolist():
            if size:
                counts = [
                    (counts[i - size] if i >= size else 0) + (counts[i + size] if i + size <= 2 * total else 0)
                    for i in range(2 * total + 1)
                ]
        s = abs(int(d.sum()))
        extreme = sum(c for i, c in enumerate(counts) if abs(i - total) >= s)
        cases.append({"differences": d.tolist(), "p": extreme / sum(counts)})
    return cases


def multiplicity():
    cases = []
    for p in [[0.03], [0.01, 0.04, 0.03, 0.005], [0.2, 0.2, 0.001, 1.0, 0.0], rounded(rng.beta(0.5, 3, 40))]:
        adjusted = {name: multipletests(p, method=method)[1].tolist() for name, method in
                    [("holm", "holm"), ("bh", "fdr_bh"), ("by", "fdr_by")]}
        cases.append({"p": p, **adjusted})
    return cases


def unpaired():
    cases = []
    for a, sa, b, sb in [(0.71, 0.012, 0.68, 0.015), (50.0, 1.0, 50.0, 2.0), (3.0, 0.1, 9.0, 0.2)]:
        z = (a - b) / math.hypot(sa, sb)
        cases.append({"a": [a, sa], "b": [b, sb], "p": float(2 * stats.norm.sf(abs(z)))})
    return cases


def power():
    """The gap that an unpaired two-sided test finds: effect size times the standard deviation of an item."""
    cases = []
    for n, sd, level, wanted in [(100, 0.5, 0.95, 0.8), (1319, 0.31, 0.99, 0.9)]:
        effect = NormalIndPower().solve_power(nobs1=n, alpha=1 - level, power=wanted, alternative="two-sided")
        cases.append({"n": n, "sd": sd, "level": level, "power": wanted, "gap": float(effect * sd)})
    return cases


def critical_values():
    """Of all pairs of `size` independent estimates: the studentised range, and Sidak's bound on it."""
    cases = []
    for size in (2, 3, 10, 50, 100):
        for level in (0.9, 0.95):
            pairs = size * (size - 1) / 2
            cases.append({
                "size": size,
                "level": level,
                "range": float(stats.studentized_range.ppf(level, size, np.inf)) / math.sqrt(2),
                "sidak": float(stats.norm.isf((1 - level ** (1 / pairs)) / 2)),
            })
    return cases


sections = {
    "standard_errors": standard_errors(),
    "wilson": wilson(),
    "zero_failures": zero_failures(),
    "mcnemar": mcnemar_tests(),
    "sign_flips_few": sign_flips_few(),
    "sign_flips_many": sign_flips_many(),
    "multiplicity": multiplicity(),
    "unpaired": unpaired(),
    "power": power(),
    "critical_values": critical_values(),
    "errors_of_sums": errors_of_sums(),
}
lines = [f'"{name}": [\n' + ",\n".join(json.dumps(case) for case in cases) + "\n]" for name, cases in sections.items()]
print("{\n" + ",\n".join(lines) + "\n}")
