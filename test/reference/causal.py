#!/usr/bin/python3
"""Writes causal.json beside this file: figures from numpy, scipy, statsmodels and scikit-learn that the causal part of
src/stats must reproduce.

Usage: /usr/bin/python3 causal.py, with Debian's python3-sklearn, python3-statsmodels and python3-scipy.
"""
import json
import os

import numpy as np
from scipy.stats import norm
from sklearn.linear_model import LogisticRegression
from statsmodels.api import OLS, Logit
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20261122)
n = 240
first = np.round(rng.normal(0, 1, n), 3)
flag = (rng.random(n) < 0.4).astype(int)
rare = (rng.random(n) < 0.15).astype(int)
treated = (rng.random(n) < 1 / (1 + np.exp(-(0.8 * first - 0.5 * flag + 0.2)))).astype(int)
outcome = np.round(1 + 2 * treated + 1.5 * first - flag + rng.normal(0, 1 + 0.5 * flag, n), 3)
won = (rng.random(n) < 1 / (1 + np.exp(-(0.7 * first + 0.5 * rare - 0.4)))).astype(int)
fold = np.arange(n) % 5
design = np.column_stack([np.ones(n), first, flag, rare])

line = OLS(outcome, np.column_stack([design, treated])).fit()
logit = Logit(won, design).fit(disp=0, method='newton', tol=1e-12)

spread = design.std(0)
scaled = (design[:, 1:] - design[:, 1:].mean(0)) / spread[1:]
ridges = [0.1, 1, 10, 100, 1000]


def ridged(x, y, ridge):
    return np.linalg.solve(x.T @ x + ridge * np.diag(spread ** 2), x.T @ y)


def best(x, y):
    def error(ridge):
        hat = x @ np.linalg.solve(x.T @ x + ridge * np.diag(spread ** 2), x.T)
        return np.sum((y - hat @ y) ** 2) / (len(y) - np.trace(hat)) ** 2
    return min(ridges, key=error)


def arm(of):
    ridge = best(design[of], outcome[of])
    said = np.zeros(n)
    for k in range(5):
        rows = of & (fold != k)
        said[fold == k] = design[fold == k] @ ridged(design[rows], outcome[rows], ridge)
    return said


chance = np.zeros(n)
for k in range(5):
    model = LogisticRegression(C=1, tol=1e-12, max_iter=10000).fit(scaled[fold != k], treated[fold != k])
    chance[fold == k] = model.predict_proba(scaled[fold == k])[:, 1]
with_it, without = arm(treated == 1), arm(treated == 0)


def among_all():
    w1, w0 = treated / chance, (1 - treated) / (1 - chance)
    a1 = np.average(outcome - with_it, weights=w1)
    a0 = np.average(outcome - without, weights=w0)
    i1 = with_it - with_it.mean() + n / w1.sum() * w1 * (outcome - with_it - a1)
    i0 = without - without.mean() + n / w0.sum() * w0 * (outcome - without - a0)
    effect = with_it.mean() + a1 - without.mean() - a0
    return {'effect': effect, 'se': float(np.std(i1 - i0, ddof=1) / np.sqrt(n))}


def among_treated():
    w0 = (1 - treated) * chance / (1 - chance)
    a = np.average(outcome - without, weights=treated)
    b = np.average(outcome - without, weights=w0)
    i = treated / treated.mean() * (outcome - without - a) - w0 / w0.mean() * (outcome - without - b)
    return {'effect': a - b, 'se': float(np.std(i, ddof=1) / np.sqrt(n))}


p_values = [0.001, 0.2, 0.03, 0.03, 0.8, 0.012, 0.0004, 0.5, 0.049, 1.0]
z = [-8.5, -3.2, -1.0, 0.0, 0.3, 1.96, 4.4, 7.2]
shares = [1e-9, 0.001, 0.025, 0.5, 0.9, 0.99875]
square = design.T @ design

json.dump({
    'rows': {'first': first.tolist(), 'flag': flag.tolist(), 'rare': rare.tolist(), 'treated': treated.tolist(),
             'outcome': outcome.tolist(), 'won': won.tolist(), 'fold': fold.tolist()},
    'line': {'coefficients': line.params.tolist(), 'classic': line.bse.tolist(),
             **{kind: line.get_robustcov_results(kind).bse.tolist() for kind in ['HC0', 'HC1', 'HC2', 'HC3']}},
    'logit': {'coefficients': logit.params.tolist(), 'classic': logit.bse.tolist(),
              'HC0': Logit(won, design).fit(disp=0, tol=1e-12, cov_type='HC0').bse.tolist()},
    'propensity': chance.tolist(),
    'without': without.tolist(),
    'aipw': {'all': among_all(), 'treated': among_treated()},
    'cholesky': {'matrix': square.tolist(), 'factor': np.linalg.cholesky(square).tolist(),
                 'inverse': np.linalg.inv(square).tolist()},
    'tests': {'p': p_values, 'bh': multipletests(p_values, method='fdr_bh')[1].tolist(),
              'holm': multipletests(p_values, method='holm')[1].tolist()},
    'normal': {'z': z, 'below': norm.cdf(z).tolist(), 'two_sided': (2 * norm.sf(np.abs(z))).tolist(),
               'shares': shares, 'quantile': norm.ppf(shares).tolist()},
}, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'causal.json'), 'w'))
