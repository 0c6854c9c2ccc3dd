#!/usr/bin/python3
"""Writes stats.json beside this file: figures from scipy, statsmodels and scikit-learn that src/stats must reproduce.

Usage: /usr/bin/python3 make.py, with Debian's python3-sklearn, python3-statsmodels and python3-scipy.
"""
import json
import os

import numpy as np
from scipy.optimize import minimize, nnls
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from statsmodels.api import OLS, Logit, add_constant
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(20240229)
n = 120
score = np.round(1 / (1 + np.exp(-rng.normal(-0.4, 1.2, n))), 3)
outcome = (rng.random(n) < score ** 1.3).astype(int)


def delong(y, s):
    a, b = s[y == 1], s[y == 0]
    wins = (a[:, None] > b[None, :]) + 0.5 * (a[:, None] == b[None, :])
    return float(np.sqrt(wins.mean(1).var(ddof=1) / len(a) + wins.mean(0).var(ddof=1) / len(b)))


def ece(y, p, groups=10):
    edges = np.quantile(p, np.linspace(0, 1, groups + 1))
    group = np.clip(np.searchsorted(edges, p, side='right') - 1, 0, groups - 1)
    present = [group == g for g in range(groups) if (group == g).any()]
    return float(sum(abs(y[g].mean() - p[g].mean()) * g.mean() for g in present))


def lift(y, p, share=0.1):
    k = max(1, int(round(len(y) * share)))
    threshold = np.sort(p)[-k]
    above, tied = p > threshold, p == threshold
    return float((y[above].sum() + (k - above.sum()) * y[tied].mean()) / k / y.mean())


line = Logit(outcome, add_constant(np.log(score / (1 - score)))).fit(disp=0).params

rows = 300
first, second = rng.integers(0, 5, rows), rng.integers(0, 3, rows)
known = np.round(rng.normal(0, 0.5, rows), 3)
weight = np.round(rng.random(rows) + 0.2, 3)
truth = np.array([-1, -0.5, 0, 0.4, 1.1])[first] + np.array([0.5, -0.5, 0])[second] - 0.3
won = (rng.random(rows) < 1 / (1 + np.exp(-truth))).astype(int)
dummies = np.hstack([np.eye(5)[first], np.eye(3)[second]])
ridge, smooth = 2.0, 5.0
plain = LogisticRegression(C=1 / ridge, tol=1e-10, max_iter=10000).fit(dummies, won)
centre = np.array([-0.5, -0.2, 0, 0.2, 0.5, 0.1, -0.1, 0])


def penalised(parameters):
    log_odds = parameters[0] + dummies @ parameters[1:] + known
    away = parameters[1:] - centre
    loss = np.sum(weight * (np.logaddexp(0, log_odds) - won * log_odds))
    return loss + ridge / 2 * np.sum(away ** 2) + smooth / 2 * np.sum(np.diff(away[:5]) ** 2)


smoothed = minimize(penalised, np.zeros(9), method='BFGS', options={'gtol': 1e-8}).x


def sfc32(seed, count):
    mask = 0xFFFFFFFF

    def hashed(text, basis):
        state = basis
        for letter in text:
            state = ((state ^ ord(letter)) * 16777619) & mask
        state = ((state ^ (state >> 16)) * 0x85EBCA6B) & mask
        state = ((state ^ (state >> 13)) * 0xC2B2AE35) & mask
        return state ^ (state >> 16)

    a, b, c = (hashed(str(seed), basis) for basis in (0x9E3779B9, 0x243F6A88, 0xB7E15162))
    counter, words = 1, []
    for _ in range(12 + 2 * count):
        total = (a + b + counter) & mask
        counter = (counter + 1) & mask
        a = b ^ (b >> 9)
        b = (c + (c << 3)) & mask
        c = ((((c << 21) & mask) | (c >> 11)) + total) & mask
        words.append(total)
    pairs = zip(words[12::2], words[13::2])
    return [((high >> 5) * 67108864 + (low >> 6)) / 2 ** 53 for high, low in pairs]


before, after = np.array([40, 35, 25, 0]), np.array([20, 30, 45, 10])
p, q = (before + 0.5) / (before.sum() + 2), (after + 0.5) / (after.sum() + 2)

more = np.random.default_rng(20240301)
columns = more.normal(size=(60, 4)) @ np.array([[1, .8, .6, .2], [0, .6, .3, .1], [0, 0, .7, .4], [0, 0, 0, .9]])
answer = columns @ np.array([0.7, -0.4, 0.0, 1.1]) + more.normal(scale=0.5, size=60)
held = nnls(columns, answer)[0]
total = columns[:, 0]
match = more.random(60)
worth = 2 + 0.8 * total * (1 - 0.6 * match) + more.normal(scale=0.2, size=60)
braked = OLS(worth, add_constant(np.column_stack([total, total * match]))).fit().params

figures = {
    'wilson': [
        {'successes': s, 'trials': t, 'interval': list(proportion_confint(s, t, method='wilson'))}
        for s, t in [(4, 9), (19, 124), (8, 160), (8, 24), (0, 7), (7, 7), (5000, 100000)]
    ],
    'forecast': {
        'outcome': outcome.tolist(), 'score': score.tolist(),
        'auc': roc_auc_score(outcome, score), 'delong': delong(outcome, score),
        'logLoss': log_loss(outcome, score), 'calibrationError': ece(outcome, score), 'topLift': lift(outcome, score),
        'calibration': {'intercept': line[0], 'slope': line[1]},
    },
    'additive': {
        'first': first.tolist(), 'second': second.tolist(), 'won': won.tolist(),
        'offset': known.tolist(), 'weight': weight.tolist(), 'centre': centre.tolist(), 'ridge': ridge, 'smooth': smooth,
        'plain': {'intercept': plain.intercept_[0], 'effects': plain.coef_[0].tolist()},
        'smoothed': {'intercept': smoothed[0], 'effects': smoothed[1:].tolist()},
    },
    'nonnegative': {'columns': columns.T.tolist(), 'answer': answer.tolist(), 'coefficients': held.tolist()},
    'brake': {
        'total': total.tolist(), 'match': match.tolist(), 'worth': worth.tolist(),
        'brake': float(-braked[2] / braked[1])},
    'sfc32': {'seed': 12345, 'drawn': sfc32(12345, 6)},
    'populationStability': {
        'before': before.tolist(), 'after': after.tolist(), 'index': float(np.sum((p - q) * np.log(p / q)))},
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'stats.json'), 'w') as file:
    json.dump(figures, file)
    file.write('\n')
