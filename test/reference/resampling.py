#!/usr/bin/python3
"""Writes resampling.json beside this file: cluster numbers and stability from scikit-learn, overlap and bias from their definitions.

Usage: /usr/bin/python3 resampling.py, with Debian's python3-sklearn, python3-scipy and python3-numpy.
"""
import json
import os

import numpy as np
from scipy.spatial.distance import sqeuclidean
from sklearn.cluster import KMeans
from sklearn.metrics import jaccard_score, silhouette_score

rng = np.random.default_rng(20261205)

# Three groups, two of them so near to each other that they do not always come out again.
points = np.round(np.vstack([rng.normal(centre, 1, (30, 2)) for centre in ([0, 0], [2.4, 0], [9, 9])]), 3)
found = KMeans(n_clusters=3, n_init=20, random_state=0).fit(points)
overlaps = []
for draw in range(400):
    sample = points[rng.integers(0, len(points), len(points))]
    again = KMeans(n_clusters=3, n_init=2, random_state=draw).fit(sample).predict(points)
    overlaps.append([max(jaccard_score(found.labels_ == k, again == other) for other in range(3)) for k in range(3)])

silhouettes = [
    {'k': k, 'silhouette': silhouette_score(points, KMeans(n_clusters=k, n_init=20, random_state=0).fit(points).labels_)}
    for k in range(2, 8)]

# Overlap: who is kept, and how many rows of plain comparison the thinner side is worth (Kish).
chance = np.round(rng.beta(1.2, 2, 120), 3)
treated = (rng.random(120) < chance).astype(int)
weight = np.round(rng.random(120) + 0.5, 2)
trim = 0.1
share = np.average(treated, weights=weight)


def kish(side, inverse):
    w = weight[side] * inverse[side]
    return w.sum() ** 2 / (w ** 2).sum()


def overlap(least, most, inverse_treated, inverse_control):
    kept = (chance >= least) & (chance <= most)
    sides = [kish(kept & (treated == 1), inverse_treated), kish(kept & (treated == 0), inverse_control)]
    return {'rows': np.flatnonzero(kept).tolist(), 'kept': float(weight[kept].sum() / weight.sum()), 'effective': float(min(sides))}


least, most = trim * min(1, 2 * share), 1 - trim * min(1, 2 * (1 - share))

# The most that a hidden factor can do to a ratio, tried over all shares that it may have on the commoner side.
def most_bias(commoner, likelier):
    among = np.linspace(0.0005, 1, 2000)
    return float(np.max((1 + (likelier - 1) * among) / (1 + (likelier - 1) * among / commoner)))


figures = {
    'points': points.tolist(), 'centres': found.cluster_centers_.tolist(), 'clusters': found.labels_.tolist(),
    'inertia': float(found.inertia_), 'stability': np.mean(overlaps, axis=0).tolist(), 'silhouettes': silhouettes,
    'distance': float(sqeuclidean(points[0], points[80])),
    'overlap': {
        'chance': chance.tolist(), 'treated': treated.tolist(), 'weight': weight.tolist(), 'trim': trim,
        'all': overlap(least, most, 1 / chance, 1 / (1 - chance)),
        'ofTreated': overlap(0, most, np.ones(120), chance / (1 - chance))},
    'bias': [{'commoner': a, 'likelier': b, 'ratio': most_bias(a, b)} for a, b in [(2, 2), (1, 5), (1.4, 3), (20.95, 20.95)]],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'resampling.json'), 'w') as file:
    json.dump(figures, file)
    file.write('\n')
