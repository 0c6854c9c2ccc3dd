#!/usr/bin/python3
"""Writes clusters.json beside this file: figures from scipy and scikit-learn for clusters and tests.

Usage: /usr/bin/python3 clusters.py, with Debian's python3-sklearn, python3-statsmodels and python3-scipy.
"""
import json
import os

import numpy as np
from scipy.stats import fisher_exact, norm, permutation_test
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_samples
from statsmodels.api import GLM, add_constant
from statsmodels.genmod.families import Binomial

rng = np.random.default_rng(20260401)
centres = np.array([[0, 0, 0], [4, 1, 0], [0, 5, 3], [6, 6, 6]])
points = np.round(np.vstack([centre + rng.normal(0, 0.8, (18, 3)) for centre in centres]), 3)
fit = KMeans(n_clusters=4, n_init=20, random_state=0).fit(points)
other = KMeans(n_clusters=3, n_init=20, random_state=1).fit(points)
tables = [[3, 4, 1, 4], [8, 20, 2, 25], [0, 5, 3, 9], [40, 300, 60, 900], [250, 600, 180, 700], [12, 12, 0, 12]]

left, right = [2.1, 3.4, 1.9, 5.0], [0.4, 2.0, 1.1, 1.7]
exact = permutation_test((left, right), lambda a, b: np.mean(a) - np.mean(b), alternative='greater', n_resamples=np.inf)

n = 160
first = rng.integers(0, 2, n)
second = rng.integers(0, 2, n)
group = rng.integers(0, 2, n)
offset = np.round(rng.normal(-0.3, 0.5, n), 3)
chance = 1 / (1 + np.exp(-(offset + 0.4 * first - 0.3 * second + 0.9 * first * second)))
outcome = (rng.random(n) < chance).astype(int)
null = np.column_stack([group == 0, group == 1, first, second]).astype(float)
full = np.column_stack([null, first * second])
held = GLM(outcome, null, family=Binomial(), offset=offset).fit(tol=1e-12)
p = held.fittedvalues
info = full.T @ (full * (p * (1 - p))[:, None])
score = full.T @ (outcome - p)
inner = info[4, 4] - info[4, :4] @ np.linalg.solve(info[:4, :4], info[:4, 4])

out = {
    'points': points.tolist(),
    'inertia': float(fit.inertia_),
    'labels': fit.labels_.tolist(),
    'otherLabels': other.labels_.tolist(),
    'silhouettes': silhouette_samples(points, fit.labels_).tolist(),
    'adjustedRand': float(adjusted_rand_score(fit.labels_, other.labels_)),
    'fisher': [
        {'table': t, 'p': float(fisher_exact([[t[0], t[1] - t[0]], [t[2], t[3] - t[2]]], alternative='greater')[1])}
        for t in tables
    ],
    'permutation': {'left': left, 'right': right, 'p': float(exact.pvalue)},
    'normalTail': [{'z': z, 'p': float(norm.sf(z))} for z in [-3.2, -0.5, 0, 0.7, 1.96, 4.4, 7.5]],
    'conjunction': {
        'outcome': outcome.tolist(),
        'offset': offset.tolist(),
        'group': group.tolist(),
        'first': first.tolist(),
        'second': second.tolist(),
        'z': float(score[4] / np.sqrt(inner)),
    },
}
with open(os.path.join(os.path.dirname(__file__), 'clusters.json'), 'w') as file:
    json.dump(out, file, indent=1)
    file.write('\n')
