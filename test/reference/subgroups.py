#!/usr/bin/python3
"""Writes subgroups.json beside this file: subgroups found by trying every one in numpy, and their score test in statsmodels.

Usage: /usr/bin/python3 subgroups.py, with Debian's python3-statsmodels and python3-numpy.
"""
import itertools
import json
import os

import numpy as np
from statsmodels.api import GLM
from statsmodels.genmod.families import Binomial

rng = np.random.default_rng(20261204)
n, sizes, ordered = 600, [4, 3, 5], [True, False, True]
columns = [rng.integers(0, size, n) for size in sizes]
columns[1][rng.random(n) < 0.1] = 255
chance = 0.15 + 0.4 * ((columns[0] >= 2) & (columns[1] == 1)) + 0.1 * (columns[2] <= 1)
outcome = (rng.random(n) < chance).astype(int)
foretold = np.round(np.clip(0.15 + 0.1 * (columns[2] <= 1) + rng.normal(0, 0.03, n), 0.02, 0.98), 3)
excess, variance = outcome - foretold, foretold * (1 - foretold)
fewest, most, caution = 20, 300, 2


def conditions(column):
    """Ranges of a column in order, single bins of another; never all of it."""
    for start in range(sizes[column]):
        for end in range(start, sizes[column] if ordered[column] else start + 1):
            if not (start == 0 and end == sizes[column] - 1):
                yield {'column': column, 'from': start, 'to': end}


def holds(part):
    return (columns[part['column']] >= part['from']) & (columns[part['column']] <= part['to'])


def summed(parts):
    rows = np.logical_and.reduce([holds(part) for part in parts])
    e, v = excess[rows].sum(), variance[rows].sum()
    return {'parts': parts, 'rows': int(rows.sum()), 'excess': e, 'variance': v, 'z': e / np.sqrt(v) if v else 0.0,
            'quality': e / np.sqrt(v + caution)}


def fits(found):
    return fewest <= found['rows'] <= most


single = [summed([part]) for c in range(3) for part in conditions(c)]
pairs = [summed([a, b]) for c, d in itertools.combinations(range(3), 2) for a in conditions(c) for b in conditions(d)]
triples = [summed([a, b, c]) for a in conditions(0) for b in conditions(1) for c in conditions(2)]
best = max(filter(fits, single + pairs + triples), key=lambda found: found['quality'])


def beyond(a, b):
    """What a pair has beyond its two conditions: the score test, one effect each held in one step from the forecast."""
    known = (columns[a['column']] != 255) & (columns[b['column']] != 255)
    one, other = holds(a)[known], holds(b)[known]
    table = np.column_stack([np.ones(known.sum()), one, other, one & other]).astype(float)
    score = table.T @ excess[known]
    info = table.T @ (table * variance[known][:, None])
    explained = np.linalg.solve(info[:3, :3], info[:3, 3])
    left = info[3, 3] - info[3, :3] @ explained
    return float((score[3] - score[:3] @ explained) / np.sqrt(left)), table, known


part = {'column': 0, 'from': 2, 'to': 3}
tested = []
for other in conditions(1):
    z, table, known = beyond(part, other)
    # With the effects of both fitted first, the score test of statsmodels.
    null = GLM(outcome[known], table[:, :3], family=Binomial(), offset=np.log(foretold / (1 - foretold))[known]).fit(tol=1e-12)
    p = null.model.score_test(null.params, exog_extra=table[:, 3:])[1]
    tested.append({'to': other, 'z': z, 'fitted': null.fittedvalues.tolist(), 'known': np.flatnonzero(known).tolist(),
                   'p': float(np.squeeze(p))})

rows = np.flatnonzero(holds(part) & holds({'column': 2, 'from': 0, 'to': 1}))
figures = {
    'columns': [column.tolist() for column in columns], 'sizes': sizes, 'ordered': ordered,
    'excess': excess.tolist(), 'variance': variance.tolist(), 'outcome': outcome.tolist(),
    'fewestRows': fewest, 'mostRows': most, 'caution': caution,
    'single': [found for found in single if found['rows'] >= fewest], 'best': best,
    'part': part, 'beyond': tested, 'rows': rows.tolist(),
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'subgroups.json'), 'w') as file:
    json.dump(figures, file)
    file.write('\n')
