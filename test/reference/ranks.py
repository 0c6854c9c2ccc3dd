#!/usr/bin/python3
"""Writes ranks.json beside this file: numbers of several groups, with scipy's Kruskal-Wallis test of each.

Usage: /usr/bin/python3 ranks.py, with Debian's python3-scipy.
"""
import json
import os

import numpy as np
from scipy.stats import kruskal

rng = np.random.default_rng(20261122)
cases = []
for sizes, shift, decimals in [((7, 9), 0.0, 2), ((12, 5, 20), 0.6, 2), ((40, 31, 8, 15), 0.2, 0), ((300, 250, 90), 0.1, 1)]:
    groups = [np.round(rng.gamma(2, 20, size) * (1 + shift * nth), decimals) for nth, size in enumerate(sizes)]
    h, p = kruskal(*groups)
    cases.append({'groups': [group.tolist() for group in groups], 'h': float(h), 'p': float(p)})
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'ranks.json'), 'w') as file:
    json.dump(cases, file)
    file.write('\n')
