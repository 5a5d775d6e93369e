package dev.elbow.trainer.calibrate;

/** How a threshold is found. */
public enum ThresholdMethod {
  /** The empirical quantile where the rows allow it, else the Pareto tail where that can be had. */
  AUTO,
  /** The empirical quantile of the held-out scores. */
  EMPIRICAL,
  /** The generalised Pareto tail of the highest held-out scores. */
  PARETO
}
