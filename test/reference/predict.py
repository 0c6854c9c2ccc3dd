#!/usr/bin/python3
"""What five standard models say of every row of the comparison tasks, for a paired comparison.

Usage: predict.py DATA_FOLDER OUT_FOLDER [task ...]

Needs Debian's python3-sklearn, python3-pandas and python3-xgboost. For each task it writes OUT_FOLDER/<task>.csv with
one row a row of the task: row_id, and per model `cv:<model>` (out of fold, the five stored folds) and `time:<model>`
(trained on time_split = train, empty elsewhere). Numbers: median with a missing indicator, standardised. Categories:
one-hot, levels under 10 rows pooled, missing a level of its own. Seeds are fixed.
"""
import os
import sys
import warnings

os.environ.setdefault('OMP_NUM_THREADS', '2')
warnings.filterwarnings('ignore')

import numpy as np
import pandas as pd
import xgboost
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

SEED = 42
MODELS = {
    'logreg_l2_C1': lambda: LogisticRegression(max_iter=2000, C=1.0),
    'gam_stumps_d1': lambda: GradientBoostingClassifier(
        max_depth=1, n_estimators=300, learning_rate=0.1, random_state=SEED),
    'gbm_d2': lambda: GradientBoostingClassifier(
        max_depth=2, n_estimators=200, learning_rate=0.1, random_state=SEED),
    'hist_gbm_default': lambda: HistGradientBoostingClassifier(random_state=SEED),
    'xgb_default': lambda: xgboost.XGBClassifier(random_state=SEED, n_jobs=2, verbosity=0),
}


def preprocessor(numbers, categories):
    parts = []
    if numbers:
        pipeline = make_pipeline(SimpleImputer(strategy='median', add_indicator=True), StandardScaler())
        parts.append(('numbers', pipeline, numbers))
    if categories:
        encoder = OneHotEncoder(handle_unknown='infrequent_if_exist', min_frequency=10, sparse_output=False)
        parts.append(('categories', encoder, categories))
    return ColumnTransformer(parts)


def forecast(make, table, outcome, train, test, numbers, categories):
    prepare = preprocessor(numbers, categories)
    model = make().fit(prepare.fit_transform(table[train]), outcome[train])
    return model.predict_proba(prepare.transform(table[test]))[:, 1]


def main(data, out, tasks):
    os.makedirs(out, exist_ok=True)
    names = tasks or sorted(f[:-4] for f in os.listdir(f'{data}/tasks') if f.endswith('.csv'))
    for name in names:
        table = pd.read_csv(f'{data}/tasks/{name}.csv', keep_default_na=False, na_values=[''])
        numbers = [c for c in table if c.startswith('num:')]
        categories = [c for c in table if c.startswith('cat:')]
        for column in categories:
            table[column] = table[column].astype(str)
        outcome = table.y.values
        said = table[['row_id']].copy()
        for model, make in MODELS.items():
            for fold in range(5):
                train = (table.fold != fold).values
                said.loc[~train, f'cv:{model}'] = forecast(make, table, outcome, train, ~train, numbers, categories)
            train = (table.time_split == 'train').values
            if train.any():
                test = (table.time_split == 'test').values
                said.loc[test, f'time:{model}'] = forecast(make, table, outcome, train, test, numbers, categories)
        said.to_csv(f'{out}/{name}.csv', index=False, float_format='%.7f')
        print(name, len(table), file=sys.stderr, flush=True)


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
