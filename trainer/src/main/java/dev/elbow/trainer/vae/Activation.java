package dev.elbow.trainer.vae;

/** The non-linearity between two affine maps. */
public enum Activation {
  /** The hyperbolic tangent: smooth and bounded, so far inputs saturate. */
  TANH,

  /** a · sigmoid(a), also called swish (Elfwing, Uchibe and Doya 2018, arXiv 1702.03118). */
  SILU
}
