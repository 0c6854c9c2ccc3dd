#!/usr/bin/python3
"""Writes watches.json beside this file: what two watches give by their definitions, with the distributions of scipy.

Usage: /usr/bin/python3 watches.py, with Debian's python3-scipy and python3-numpy.
"""
import json
import os

import numpy as np
from scipy.special import expit
from scipy.stats import bernoulli, chi2, poisson

rng = np.random.default_rng(20261203)
weeks, a_week, before = 12, 25, 300
caution = 4


def evidence(steps):
    """The best log likelihood ratio over all starting weeks, straight from the definition; 0 where none is above it."""
    return [max(0.0, max(sum(steps[start:now + 1]) for start in range(now + 1))) for now in range(len(steps))]


# Rates: two groups of one watch, and everybody in a third monitor.
n = before + weeks * a_week
week = np.concatenate([np.full(before, -1), np.repeat(np.arange(weeks), a_week)])
log_odds = np.round(rng.normal(-0.6, 0.5, n), 3)
inside = (rng.random(n) < 0.4).astype(int)
happened = (rng.random(n) < expit(log_odds + 0.4 * inside - 1.2 * inside * (week >= 4))).astype(int)
moves = [-0.5, -0.7, 0.5]
members = [inside == 1, inside == 0, np.ones(n, bool)]
heads = [0.0, -0.4, -0.2]


def own_level(happened, member, move):
    p = expit(log_odds[member & (week < 0)])
    told = happened[member & (week < 0)]
    return move * np.sum(told - p) / (move ** 2 * np.sum(p * (1 - p)) + caution)


def ratios(happened, member, move, own):
    p, q = expit(log_odds + own * move), expit(log_odds + (own + 1) * move)
    each = bernoulli.logpmf(happened, q) - bernoulli.logpmf(happened, p)
    return [float(each[member & (week == at)].sum()) for at in range(weeks)]


rates = []
for member, move, head in zip(members, moves, heads):
    own = own_level(happened, member, move)
    rates.append([value + head for value in evidence(ratios(happened, member, move, own))])

# Arrivals: three patterns of people, of which monitor 0 sees all, 1 the first two and 2 the last.
patterns = [[0, 1], [0, 1], [0, 2]]
expected = np.vstack([[12.0, 8.0, 20.0], np.round(0.3 + rng.random((weeks, 3)), 2)])
came = rng.poisson(expected * np.where(np.arange(weeks + 1)[:, None] > 6, [2.5, 1, 1], 1))
ratio = 2.0
sees = np.array([[monitor in pattern for monitor in range(3)] for pattern in patterns], float)


def arrivals(came):
    due, seen = expected @ sees, came @ sees
    own = (seen[0] + caution) / (due[0] + caution)
    steps = poisson.logpmf(seen[1:], own * ratio * due[1:]) - poisson.logpmf(seen[1:], own * due[1:])
    return own, steps


def highest(steps, heads):
    """The highest that any monitor stands in a run; one that never rises above 0 does not count."""
    best = -np.inf
    sums = np.zeros(len(heads))
    for step in steps:
        sums = np.maximum(0, sums + step)
        best = max([best] + [s + h for s, h in zip(sums, heads) if s > 0])
    return best


own, steps = arrivals(came)
runs = 10000
drawn = [highest(arrivals(rng.poisson(expected))[1], heads) for _ in range(runs)]


def rate_run():
    told = (rng.random(n) < expit(log_odds)).astype(int)
    steps = np.array([ratios(told, m, move, own_level(told, m, move)) for m, move in zip(members, moves)]).T
    return highest(steps, heads)


rate_drawn = [rate_run() for _ in range(1500)]

# The index of two groups, the last two bins put together because the smaller group expects fewer than five rows there.
old, recent = np.array([400, 350, 246, 2, 2]), np.array([52, 60, 84, 3, 1])
joined = [np.append(side[:2], side[2:].sum()) for side in (old, recent)]
p, q = [(side + 0.5) / (side.sum() + 0.5 * len(side)) for side in joined]
index = float(np.sum((p - q) * np.log(p / q)))

highs = np.round(rng.normal(3, 1, 400), 3)
figures = {
    'rates': {
        'weeks': weeks, 'week': week.tolist(), 'logOdds': log_odds.tolist(), 'inside': inside.tolist(),
        'happened': happened.tolist(), 'moves': moves, 'heads': heads, 'values': rates,
        'line': float(np.quantile(rate_drawn, 0.9))},
    'arrivals': {
        'weeks': weeks, 'patterns': patterns, 'expected': expected.ravel().tolist(), 'came': came.ravel().tolist(),
        'ratio': ratio, 'heads': heads, 'own': own.tolist(), 'line': float(np.quantile(drawn, 0.9)),
        'values': [[value + head for value in evidence(list(steps[:, m]))] for m, head in enumerate(heads)]},
    'stability': {'before': old.tolist(), 'after': recent.tolist(), 'index': index, 'bins': 3,
                  'chance': float(chi2.sf(index / (1 / old.sum() + 1 / recent.sum()), 2))},
    'alarmLine': {'highest': highs.tolist(), 'lines': [
        {'share': share, 'line': float(np.quantile(highs, 1 - share, method='inverted_cdf'))}
        for share in (0.013, 0.0501, 0.1, 0.25, 0.5)]},
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'watches.json'), 'w') as file:
    json.dump(figures, file)
    file.write('\n')
