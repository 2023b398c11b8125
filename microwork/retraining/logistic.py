"""Many small logistic regressions at once: scikit-learn fits them one by one, and mostly looks at
its input meanwhile.

The model is scikit-learn's with its own defaults: half the squared slopes are added to the loss,
and the intercept is free. Newton's method finds it in a few steps from zero, a step that raises the
loss is halved, and it stops where scikit-learn does, so that both give the same answers (a test
compares them).
"""

from __future__ import annotations

import numpy as np

# scikit-learn's: what is left to gain by another step, and of the gradient, both for each row
NEAR = 1e-4
HALVINGS = 20


def fit(features: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Slopes (fits, k) and intercepts (fits,) for features (fits, rows, k) and labels 0 or 1 (fits,
    rows), both in every fit.

    Raises ``ValueError`` if a fit still moves after 100 steps.
    """
    columns = np.concatenate([features, np.ones((*labels.shape, 1))], axis=2)
    penalty = np.diag([1.0] * features.shape[2] + [0.0])
    found, gain = np.zeros((len(labels), columns.shape[2])), np.full(len(labels), np.inf)
    going, near = np.full(len(labels), True), NEAR * labels.shape[1]
    loss = _loss(columns, labels, penalty, found)
    for _ in range(100):
        chance = 1 / (1 + np.exp(-(columns @ found[..., None])[..., 0]))
        slope = ((chance - labels)[:, None, :] @ columns)[:, 0] + found @ penalty
        going &= (np.abs(slope).max(axis=1) > near) | (gain > near)
        if not going.any():
            return found[:, :-1], found[:, -1]
        bend = np.swapaxes(columns * (chance * (1 - chance))[..., None], 1, 2) @ columns + penalty
        step = np.linalg.solve(bend, slope[..., None])[..., 0]
        gain = np.einsum("fi,fij,fj->f", step, bend, step) / 2
        step[~going] = 0.0
        for _ in range(HALVINGS):
            tried = _loss(columns, labels, penalty, found - step)
            worse = tried > loss + 1e-9 * np.abs(loss)
            if not worse.any():
                break
            step[worse] /= 2
        found, loss = found - step, tried
    raise ValueError("logistic regression: no convergence in 100 steps")


def _loss(
    columns: np.ndarray, labels: np.ndarray, penalty: np.ndarray, found: np.ndarray
) -> np.ndarray:
    """Loss of each fit (fits,): minus the log-likelihood plus half the squared slopes."""
    told = (columns @ found[..., None])[..., 0]
    losses: np.ndarray = (np.logaddexp(0, told) - labels * told).sum(axis=1)
    losses += np.einsum("fi,ij,fj->f", found, penalty, found) / 2
    return losses
