package dev.elbow.bundle;

/** The prior p(z) in the score's KL term. */
public sealed interface Prior {

  /** N(0, I): the KL term is the closed form of Kingma and Welling 2014, appendix B. */
  record StandardNormal() implements Prior {}
}
