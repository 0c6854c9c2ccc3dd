#!/usr/bin/python3
"""Writes judging.json beside this file: figures from scipy, statsmodels and scikit-learn for the tests that judge forecasts and groups.

Usage: /usr/bin/python3 judging.py, with Debian's python3-sklearn, python3-statsmodels and python3-scipy.
"""
import json
import os

import numpy as np
from scipy.special import betainc
from scipy.stats import mannwhitneyu, nbinom, norm
from sklearn.metrics import brier_score_loss
from statsmodels.api import GLM
from statsmodels.genmod.families import Binomial
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

rng = np.random.default_rng(20250607)


def groups(first, second):
    test = mannwhitneyu(first, second, method='asymptotic', use_continuity=True)
    return {'first': first.tolist(), 'second': second.tolist(),
            'chance': test.statistic / len(first) / len(second), 'p': test.pvalue}


def rates(a, n, b, m):
    low, high = confint_proportions_2indep(a, n, b, m, method='newcomb', compare='diff')
    return {'counts': [a, n, b, m], 'low': low, 'high': high, 'p': proportions_ztest([a, b], [n, m])[1]}


probability = np.round(1 / (1 + np.exp(-rng.normal(-1, 1.3, 200))), 4)
outcome = (rng.random(200) < probability ** 1.15).astype(int)
z = np.sum((outcome - probability) * (1 - 2 * probability)) / np.sqrt(
    np.sum((1 - 2 * probability) ** 2 * probability * (1 - probability)))

# The exact chance of a sum of unequal coins, coin by coin, for a group large enough for the normal curve.
exact = np.array([1.0])
for p in probability:
    exact = np.convolve(exact, [1 - p, p])
happened = int(outcome.sum())
tail = exact[:happened + 1].sum() if happened < probability.sum() else exact[happened:].sum()

def delong_paired(y, s, t):
    def wins(score):
        a, b = score[y == 1], score[y == 0]
        return (a[:, None] > b[None, :]) + 0.5 * (a[:, None] == b[None, :])
    gap = wins(s) - wins(t)
    error = np.sqrt(gap.mean(1).var(ddof=1) / gap.shape[0] + gap.mean(0).var(ddof=1) / gap.shape[1])
    return {'second': t.tolist(), 'v': gap.mean(), 'p': 2 * norm.sf(abs(gap.mean() / error))}


paired = delong_paired(outcome, probability, np.round(probability + rng.normal(0, 0.15, 200), 2))

# The score test of statsmodels: a logit with the forecast as a known part, against one that also has the part.
part_of = np.round(rng.normal(0, 1, 200), 3)
level = GLM(outcome, np.ones(200), family=Binomial(), offset=np.log(probability / (1 - probability))).fit()
score = level.model.score_test(level.params, exog_extra=part_of[:, None])

# Dealing one part out anew, over every pairing of rows instead of a few shuffles.
part = np.round(rng.normal(0, 1, 40), 3)
other = np.round(rng.normal(-0.5, 0.7, 40), 3)
happens = (rng.random(40) < 1 / (1 + np.exp(-part - other))).astype(int)


def loss(log_odds, y):
    return np.logaddexp(0, log_odds) - y * log_odds


dealt = np.mean([loss(other + part[k], happens) for k in range(40)]) - np.mean(loss(other + part, happens))

figures = {
    'beta': [{'at': [x, a, b], 'below': betainc(a, b, x)} for x, a, b in
             [(0.5, 2, 3), (0.04, 9, 26.5), (0.96, 26.5, 10), (0.2, 0.7, 0.4), (0.037, 300.5, 8000)]],
    'countTail': [{'count': c, 'total': t, 'periods': w, 'high': nbinom.sf(c - 1, t + 0.5, w / (w + 1)),
                   'low': nbinom.cdf(c, t + 0.5, w / (w + 1))} for c, t, w in [(9, 26, 26), (0, 130, 26), (3, 0, 26), (400, 7800, 26)]],
    'mannWhitney': [
        groups(np.round(rng.normal(1, 2, 30), 1), np.round(rng.normal(0, 2, 45), 1)),
        groups(rng.integers(0, 4, 60).astype(float), rng.integers(0, 4, 25).astype(float)),
        groups(np.array([3.0, 4.0, 5.0]), np.array([1.0, 2.0])),
    ],
    'twoRates': [rates(30, 100, 10, 100), rates(4, 9, 19, 124), rates(0, 40, 6, 50), rates(50, 50, 45, 60)],
    'forecast': {'outcome': outcome.tolist(), 'probability': probability.tolist(), 'spiegelhalter': z,
                 'spiegelhalterP': 2 * norm.sf(abs(z)), 'brier': brier_score_loss(outcome, probability),
                 'happened': happened, 'expected': float(probability.sum()), 'exactP': min(1.0, 2 * tail)},
    'paired': paired,
    'scoreTest': {'part': part_of.tolist(), 'fitted': level.fittedvalues.tolist(), 'p': float(np.squeeze(score[1]))},
    'permutation': {'outcome': happens.tolist(), 'part': part.tolist(), 'other': other.tolist(), 'rise': dealt},
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'judging.json'), 'w') as file:
    json.dump(figures, file)
    file.write('\n')
