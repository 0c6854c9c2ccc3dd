#!/usr/bin/python3
"""Writes tables.json beside this file: with dense matrices in numpy, what the tables and penalties under the fits do sparsely.

Usage: /usr/bin/python3 tables.py, with Debian's python3-numpy.
"""
import json
import os

import numpy as np

rng = np.random.default_rng(20261201)

# Sparse rows, as one dense matrix.
dense = np.round(rng.normal(0, 2, (30, 5)), 2) * (rng.random((30, 5)) < 0.4)
weight = np.round(rng.random(30) + 0.1, 2)
coefficients = np.round(rng.normal(0, 1, 5), 2)
mean = np.average(dense, axis=0, weights=weight)

# A small system; only its first four rows and columns are to be read.
half = rng.normal(0, 1, (9, 5))
system, right = half.T @ half, rng.normal(0, 1, 5)

# Bins of three features as one-hot columns: four in order and one apart, three apart, five in order.
sizes, ordered, rows = [5, 3, 5], [4, 0, 5], 40
bins = [rng.integers(0, size, rows) for size in sizes]
hot = np.hstack([np.eye(size)[column] for size, column in zip(sizes, bins)])
effects = np.round(rng.normal(0, 1, hot.shape[1]), 2)
first = np.concatenate([[0], np.cumsum(sizes)])

# A step of an ordered bin is that bin and all below it.
below = np.eye(hot.shape[1])
for start, upto in zip(first, ordered):
    for k in range(start, start + upto):
        below[start:k + 1, k] = 1
step = hot @ below
count = step.sum(0)

# The penalty as a matrix: ridge on the diagonal, and a bond between each ordered bin and the next.
ridge = np.round(rng.random(hot.shape[1]) + 0.2, 2)
smooth = np.round(rng.random(hot.shape[1]) * 3, 2)
penalty = np.diag(ridge)
for start, upto in zip(first, ordered):
    for k in range(start, start + upto - 1):
        gap = np.zeros(hot.shape[1])
        gap[k], gap[k + 1] = -1, 1
        penalty += smooth[k] * np.outer(gap, gap)

# Solved under the condition that the mean of each feature by `curve` is 0: one Lagrange multiplier a feature.
curve = np.round(rng.random(hot.shape[1]) * 5 + 0.5, 2)
wanted = np.round(rng.normal(0, 1, hot.shape[1]), 2)
conditions = np.array([[curve[k] if first[f] <= k < first[f + 1] else 0.0 for k in range(hot.shape[1])] for f in range(3)])
whole = np.block([[penalty + np.diag(curve), conditions.T], [conditions, np.zeros((3, 3))]])
solution = np.linalg.solve(whole, np.concatenate([wanted, np.zeros(3)]))[:hot.shape[1]]

# Settled: each feature moved to where its ridge costs least.
taken = [float(np.average(effects[a:b], weights=ridge[a:b])) for a, b in zip(first, first[1:])]

# A sandwich of the system's inverse around a table's outer products.
bread, filling = np.linalg.inv(system), dense.T @ (dense * weight[:, None])

figures = {
    'sandwich': {'inverse': bread.ravel().tolist(), 'middle': np.tril(filling).ravel().tolist(),
                 'errors': np.sqrt(np.diag(bread @ filling @ bread)).tolist()},
    'sparse': {
        'columns': dense.T.tolist(), 'weight': weight.tolist(), 'coefficients': coefficients.tolist(),
        'dots': (dense @ coefficients).tolist(), 'sum': (weight @ dense).tolist(),
        'outer': np.tril(dense.T @ (dense * weight[:, None])).ravel().tolist(),
        'variances': np.average((dense - mean) ** 2, axis=0, weights=weight).tolist()},
    'system': {'matrix': system.tolist(), 'right': right.tolist(),
               'solution': np.linalg.solve(system[:4, :4], right[:4]).tolist()},
    'bins': {
        'columns': [column.tolist() for column in bins], 'sizes': sizes, 'ordered': ordered,
        'counts': hot.sum(0).tolist(), 'effects': effects.tolist(), 'logOdds': (hot @ effects - 0.7).tolist()},
    'steps': {
        'counts': count.tolist(), 'spread': (rows * step.var(0)).tolist(),
        'overlap': (rows * np.cov(step.T, bias=True)).tolist(), 'settled': (below @ effects).tolist()},
    'penalty': {
        'ridge': ridge.tolist(), 'smooth': smooth.tolist(), 'cost': float(effects @ penalty @ effects / 2),
        'force': (penalty @ effects).tolist(), 'curve': curve.tolist(), 'wanted': wanted.tolist(),
        'solution': solution.tolist(), 'taken': sum(taken),
        'settled': (effects - np.repeat(taken, sizes)).tolist()},
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'tables.json'), 'w') as file:
    json.dump(figures, file)
    file.write('\n')
