package dev.elbow.event;

/**
 * Which entities an activation is for: {@code *} for all, {@code PREFIX*} for those whose names
 * begin so, anything else for the one of that name. Only a star at the end means anything.
 *
 * @param pattern 1 to {@value #MAX_LENGTH} characters
 */
public record EntityGroup(String pattern) {

  /** A name of the greatest length, and a star. */
  public static final int MAX_LENGTH = ObservationJson.MAX_ENTITY_LENGTH + 1;

  private static final String STAR = "*";

  /** All entities. */
  public static final EntityGroup ALL = new EntityGroup(STAR);

  /**
   * @throws IllegalArgumentException if the pattern is empty or too long
   */
  public EntityGroup {
    if (pattern.isEmpty() || pattern.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "entities: expected *, PREFIX* or a name, of 1 to %d characters; found %d"
              .formatted(MAX_LENGTH, pattern.length()));
    }
  }

  /** Whether it is one entity. */
  public boolean isName() {
    return !pattern.endsWith(STAR);
  }

  /** What the names of its entities begin with: the whole name if it is one entity. */
  public String prefix() {
    return isName() ? pattern : pattern.substring(0, pattern.length() - STAR.length());
  }

  /** Whether an entity belongs to it. */
  public boolean contains(String entity) {
    return isName() ? entity.equals(pattern) : entity.startsWith(prefix());
  }

  @Override
  public String toString() {
    return pattern;
  }
}
