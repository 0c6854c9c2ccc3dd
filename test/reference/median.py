#!/usr/bin/python3
"""Writes median.json beside this file: ranks of the 95 % interval of a median, from scipy's binomial distribution.

The ranks are those of Conover's order-statistic interval, as in SAS PROC UNIVARIATE's CIPCTLDF for the median.
Usage: /usr/bin/python3 median.py, with Debian's python3-scipy.
"""
import json
import os

from scipy.stats import binom

cases = []
for n in (6, 7, 9, 12, 20, 57, 133, 400, 5000):
    low = int(binom.ppf(0.025, n, 0.5))
    while binom.cdf(low - 1, n, 0.5) > 0.025:
        low -= 1
    cases.append({'n': n, 'low': max(low, 1), 'high': n + 1 - max(low, 1), 'covers': float(1 - 2 * binom.cdf(low - 1, n, 0.5))})
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'median.json'), 'w') as file:
    json.dump(cases, file)
