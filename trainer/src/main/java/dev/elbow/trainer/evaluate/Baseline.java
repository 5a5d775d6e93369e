package dev.elbow.trainer.evaluate;

import dev.elbow.score.Rows;

/**
 * A simple detector to measure against.
 *
 * @param name what it is called in tables
 * @param scoring its score
 */
record Baseline(String name, Scoring scoring) {

  /** Turns rows into scores. */
  @FunctionalInterface
  interface Scoring {

    /**
     * Scores rows.
     *
     * @param x N×D, standardised, missing values 0; not modified
     * @return N scores, higher is stranger
     */
    double[] score(Rows x);
  }

  /** See {@link Scoring#score}. */
  double[] score(Rows x) {
    return scoring.score(x);
  }
}
