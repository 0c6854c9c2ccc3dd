#!/usr/bin/python3
"""Writes learning.json beside this file: figures from numpy, scipy, statsmodels and scikit-learn for what learns from rows.

Usage: /usr/bin/python3 learning.py, with Debian's python3-sklearn, python3-statsmodels and python3-scipy.
"""
import json
import os

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit
from scipy.stats import bernoulli, bootstrap
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import log_loss
from statsmodels.api import Logit, add_constant

rng = np.random.default_rng(20261202)

# Three parts of a forecast to be added up: an honest one, one that is twice too bold, and noise.
n = 400
honest, bold, noise = rng.normal(0, 0.9, n), rng.normal(0, 0.8, n), rng.normal(0, 0.4, n)
happened = (rng.random(n) < expit(honest + bold / 2 - 0.4)).astype(int)
forecasts = np.round(np.column_stack([honest, bold, noise]), 3)
design = add_constant(forecasts)


def cautious(weights, caution=25):
    log_odds = design @ weights
    return np.sum(np.logaddexp(0, log_odds) - happened * log_odds) + caution / 2 * np.sum((weights[1:] - 1) ** 2)


# Boosting by hand: forces measured anew after every step, on one-hot columns and cumulative ones for bins in order.
sizes, ordered = [4, 8, 5], [0, 8, 0]
rows = 600


def draw(count):
    columns = [rng.integers(0, size, count) for size in sizes]
    log_odds = -0.5 + np.array([1.2, 0, -0.8, 0])[columns[0]] + (columns[1] >= 5)
    return columns, (rng.random(count) < expit(log_odds)).astype(int)


def one_hot(columns):
    return np.hstack([np.eye(size)[column] for size, column in zip(sizes, columns)])


columns, won = draw(rows)
later, won_later = draw(2000)
steps = one_hot(columns)
below = np.eye(steps.shape[1])
below[4:12, 4:12] = np.triu(np.ones((8, 8)))
steps = steps @ below
usable = (steps.sum(0) > 0) & (steps.sum(0) < rows)


def boosted(count, rate=0.1, doubt=2.5, farthest=0.5):
    moved, intercept = np.zeros(steps.shape[1]), 0.0
    for taken in range(count + 1):
        log_odds = steps @ moved
        intercept = minimize(lambda a: np.sum(np.logaddexp(0, log_odds + a[0]) - won * (log_odds + a[0])), [intercept]).x[0]
        if taken == count:
            return {'count': count, 'intercept': intercept, 'effects': (below @ moved).tolist()}
        p = expit(log_odds + intercept)
        bend = p * (1 - p)
        force = steps.T @ (won - p)
        curve = steps.T @ bend
        held = curve * (1 - curve / bend.sum()) + doubt
        best = int(np.argmax(np.where(usable, force ** 2 / held, -1)))
        moved[best] += np.clip(rate * force[best] / held[best], -farthest, farthest)


def stumps(columns):
    return np.column_stack([np.eye(4)[columns[0]], columns[1], np.eye(5)[columns[2]]])


model = GradientBoostingClassifier(max_depth=1, n_estimators=60, learning_rate=0.1, random_state=0).fit(stumps(columns), won)
full = np.delete(one_hot(columns), [0, 4, 12], axis=1)
best = Logit(won, add_constant(full)).fit(disp=0)

# Skewed differences, for the bootstrap.
skewed = np.round(rng.exponential(1, 80) - 0.7, 3)
interval = bootstrap((skewed,), np.mean, method='percentile', n_resamples=100000, random_state=1).confidence_interval


def roundest(low, high):
    """The number with the fewest digits above low and not above high, both whole: tried one by one."""
    for unit in [step * 10 ** power for power in range(6, -1, -1) for step in (5, 2, 1)]:
        fits = [k for k in range(low + 1, high + 1) if k % unit == 0]
        if fits:
            return fits[-1]


def quantile_cuts(values, bins):
    """Of different whole numbers: the roundest within a tenth of a group of numpy's quantile."""
    slack = len(values) // bins // 10
    places = [round(len(values) * k / bins) for k in range(1, bins)]
    inverse = [np.quantile(values, [(at - slack) / len(values), (at + slack + 1) / len(values)], method='inverted_cdf') for at in places]
    return [roundest(int(low), int(high)) for low, high in inverse]


amounts = rng.permutation(rng.choice(90000, 203, replace=False) + 100)
tails = np.round(rng.exponential(40, 731), 6)
tail_shares = [0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.975, 0.99]
odds = [-40.0, -3.5, -0.2, 0.0, 1.0, 7.5, 30.0]
chances = [1e-9, 0.02, 0.3, 0.5, 0.999]

figures = {
    'forecasts': {
        'outcome': happened.tolist(), 'rows': forecasts.ravel().tolist(), 'width': 3,
        'plain': Logit(happened, design).fit(disp=0, tol=1e-12).params.tolist(),
        'caution': 25, 'cautious': minimize(cautious, np.ones(4), method='BFGS', options={'gtol': 1e-8}).x.tolist()},
    'boosting': {
        'columns': [column.tolist() for column in columns], 'won': won.tolist(), 'sizes': sizes, 'ordered': ordered,
        'later': [column.tolist() for column in later], 'wonLater': won_later.tolist(),
        'byHand': [boosted(count) for count in (1, 2, 10, 40)],
        'stumpLoss': log_loss(won_later, model.predict_proba(stumps(later))[:, 1]), 'bestLoss': -best.llf / rows},
    'bootstrap': {'values': skewed.tolist(), 'low': interval.low, 'high': interval.high},
    'quantileCuts': {'values': amounts.tolist(), 'bins': 5, 'cuts': quantile_cuts(amounts, 5)},
    'tailCuts': {'values': tails.tolist(), 'cuts': [
        float(tails[tails > last].min()) for last in np.quantile(tails, tail_shares, method='inverted_cdf')]},
    'logLoss': {'outcome': happened[:20].tolist(), 'probability': expit(forecasts[:20, 0]).tolist(),
                'each': (-bernoulli.logpmf(happened[:20], expit(forecasts[:20, 0]))).tolist()},
    'logistic': {'odds': odds, 'expit': expit(odds).tolist(), 'chances': chances, 'logit': logit(chances).tolist()},
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'learning.json'), 'w') as file:
    json.dump(figures, file)
    file.write('\n')
