package dev.elbow.bundle;

/**
 * What {@code manifest.json} says of one member of the model.
 *
 * @param prior the prior p(z) of its KL term
 */
public record MemberEntry(PriorEntry prior) {}
