package dev.elbow.detector.entity;

/**
 * What is remembered of entities.
 *
 * @param historyRows how many rows of an entity are kept if its model looks back, at least 1; as
 *     many as the model looks on, if that is more
 * @param silence when one is silent
 */
public record EntitySettings(int historyRows, SilenceRule silence) {}
