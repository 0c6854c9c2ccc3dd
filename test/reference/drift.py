#!/usr/bin/python3
"""Writes drift.json beside this file: figures from scipy and numpy that src/stats/drift must reproduce.

Usage: /usr/bin/python3 drift.py, with Debian's python3-scipy and python3-numpy.
"""
import json
import os

import numpy as np
from scipy.stats import chi2, norm, poisson

rng = np.random.default_rng(20250106)


def in_control_run_length(slack, line, cells=400):
    """Mean steps to the first alarm of a one-sided normal CUSUM, from its Markov chain (Brook and Evans, 1972)."""
    width = 2 * line / (2 * cells - 1)
    middle = np.arange(cells) * width
    upper = norm.cdf(middle[None, :] + width / 2 - middle[:, None] + slack)
    lower = norm.cdf(middle[None, :] - width / 2 - middle[:, None] + slack)
    step = upper - lower
    step[:, 0] = upper[:, 0]
    return float(np.linalg.solve(np.eye(cells) - step, np.ones(cells))[0])


def stability_chance(draws=20000, n=2000, m=500, shares=(0.4, 0.3, 0.2, 0.1), index=0.02):
    """How often the index of two samples of one population is at least so large, by drawing them."""
    before, after = rng.multinomial(n, shares, draws), rng.multinomial(m, shares, draws)
    p, q = (before + 0.5) / (n + len(shares) / 2), (after + 0.5) / (m + len(shares) / 2)
    return {'n': n, 'm': m, 'bins': len(shares), 'index': index, 'byDrawing': float(np.mean(((p - q) * np.log(p / q)).sum(1) >= index)),
            'byChiSquare': float(chi2.sf(index / (1 / n + 1 / m), len(shares) - 1))}


def bet(events, expected, ratios=(1.5, 2, 3, 4, 6), wakes=1 / 13):
    """Capital after each step, straight from its definition: a mixture over starting steps and ratios of likelihood ratios."""
    capital = []
    for now in range(len(events)):
        total = (1 - wakes) ** (now + 1)
        for start in range(now + 1):
            weight = (1 - wakes) ** start * wakes / len(ratios)
            for ratio in ratios:
                seen, due = np.array(events[start:now + 1]), np.array(expected[start:now + 1])
                total += weight * np.prod(poisson.pmf(seen, ratio * due) / poisson.pmf(seen, due))
        capital.append(float(total))
    return capital


events = [0, 1, 0, 2, 3, 1, 4, 2]
expected = [0.6, 0.5, 0.7, 0.6, 0.8, 0.5, 0.6, 0.7]
figures = {
    'chiSquareTail': [
        {'value': v, 'degrees': d, 'tail': float(chi2.sf(v, d))}
        for v, d in [(0.5, 1), (3.84, 1), (9, 4), (40, 9), (1, 30), (30, 30), (90, 30), (300, 40), (0.01, 2)]
    ],
    'stability': stability_chance(),
    'runLength': [{'slack': k, 'line': h, 'steps': in_control_run_length(k, h)} for k, h in [(0.5, 3), (0.5, 4)]],
    'bet': {'events': events, 'expected': expected, 'capital': bet(events, expected)},
    'count': [
        {'events': c, 'low': float(chi2.ppf(0.025, 2 * c) / 2) if c else 0.0, 'high': float(chi2.ppf(0.975, 2 * c + 2) / 2)}
        for c in [0, 1, 5, 10, 100]
    ],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'drift.json'), 'w') as file:
    json.dump(figures, file)
    file.write('\n')
