package dev.elbow.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.event.Rejection;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What can be wrong with a record in whatever format its value is. */
final class RecordMutations {

  /** Of {@code observation.max.bytes}, and of what the rejections topic takes, in a fuzz run. */
  static final int LARGEST_VALUE = 1 << 16;

  static final int LARGEST_REJECTION = 1 << 18;
  static final int LARGEST_RECORD = 1 << 20;

  /** The header by which the detector knows frames, as far as anybody outside can know it. */
  private static final String FRAME = "elbow.frame";

  private static final List<byte[]> ODD_KEYS =
      List.of(
          new byte[] {(byte) 0xFF, (byte) 0xFE},
          new byte[] {(byte) 0xC0, (byte) 0x80},
          new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // a surrogate
          new byte[] {0},
          new byte[] {0, 0, 0, 0, 7},
          "\n\"\\{}=,# odd".getBytes(UTF_8),
          "\uFEFFodd-1".getBytes(UTF_8),
          "\u202Eodd\uD83D\uDE00".getBytes(UTF_8),
          "../../odd".getBytes(UTF_8),
          "x".repeat(256).getBytes(UTF_8),
          "x".repeat(257).getBytes(UTF_8),
          "\uD83D\uDE00".repeat(128).getBytes(UTF_8),
          "x".repeat(5000).getBytes(UTF_8));

  private static final List<Long> ODD_TIMES =
      List.of(
          0L,
          1L,
          99L,
          253_402_300_799_999L,
          253_402_300_800_000L,
          7_258_118_400_000L, // the year 2200
          1_000_000_000_000_000_000L,
          Long.MAX_VALUE - 7,
          Long.MAX_VALUE);

  private RecordMutations() {}

  static List<Mutation> all() {
    return List.of(
        Mutation.often(
            "cut off",
            (draft, random) ->
                draft.value =
                    Arrays.copyOf(draft.bytes(), random.nextInt(draft.bytes().length + 1))),
        Mutation.often("bits flipped", RecordMutations::flipBits),
        Mutation.often("bytes put in", RecordMutations::putIn),
        Mutation.often("bytes left out", RecordMutations::leaveOut),
        Mutation.often(
            "twice in a row", (draft, random) -> draft.replace(0, 0, draft.bytes().clone())),
        Mutation.often(
            "random value",
            (draft, random) -> draft.value = Mutation.randomBytes(random.nextInt(600), random)),
        Mutation.often("empty value", (draft, random) -> draft.value = new byte[0]),
        Mutation.often("tombstone", (draft, random) -> draft.value = null),
        Mutation.often(
            "nothing at all",
            (draft, random) -> {
              draft.key = null;
              draft.value = null;
            }),
        Mutation.often("no key", (draft, random) -> draft.key = null),
        Mutation.often("empty key", (draft, random) -> draft.key = new byte[0]),
        Mutation.often(
            "odd key", (draft, random) -> draft.key = Mutation.pick(ODD_KEYS, random).clone()),
        Mutation.often(
            "random key",
            (draft, random) -> draft.key = Mutation.randomBytes(1 + random.nextInt(40), random)),
        Mutation.often(
            "time of record",
            (draft, random) -> draft.timestamp = Mutation.pick(ODD_TIMES, random)),
        Mutation.often("odd headers", RecordMutations::oddHeaders),
        Mutation.often("rejected before", RecordMutations::rejectedBefore),
        Mutation.often("claims to be a frame", RecordMutations::claimToBeFrame),
        Mutation.often("a frame in a record", RecordMutations::frameBody),
        Mutation.rarely("header bomb", RecordMutations::headerBomb),
        Mutation.rarely("oversized", RecordMutations::oversize),
        Mutation.rarely("too large to reject", RecordMutations::tooLargeToReject));
  }

  private static void flipBits(Draft draft, SplittableRandom random) {
    byte[] changed = draft.bytes().clone();
    for (int count = 1 + random.nextInt(8); count > 0 && changed.length > 0; count--) {
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    draft.value = changed;
  }

  private static void putIn(Draft draft, SplittableRandom random) {
    int at = random.nextInt(draft.bytes().length + 1);
    draft.replace(at, at, Mutation.randomBytes(1 + random.nextInt(16), random));
  }

  private static void leaveOut(Draft draft, SplittableRandom random) {
    int length = draft.bytes().length;
    int from = random.nextInt(length + 1);
    draft.replace(from, from + random.nextInt(length - from + 1), new byte[0]);
  }

  private static void oddHeaders(Draft draft, SplittableRandom random) {
    for (int count = 1 + random.nextInt(20); count > 0; count--) {
      String name = Mutation.pick(List.of("", "a", "traceparent", "ключ", "\n"), random);
      draft.headers.add(name, random.nextBoolean() ? null : Mutation.randomBytes(count, random));
    }
  }

  /** Somebody sends what was rejected again, headers and all; some of them make no sense. */
  private static void rejectedBefore(Draft draft, SplittableRandom random) {
    List<String> names =
        List.of(
            Rejection.REASON,
            Rejection.DETAIL,
            Rejection.SOURCE_TOPIC,
            Rejection.SOURCE_PARTITION,
            Rejection.SOURCE_OFFSET,
            Rejection.SOURCE_TIMESTAMP,
            Rejection.MODEL,
            Rejection.KEPT_AT);
    for (String name : names.subList(0, 1 + random.nextInt(names.size()))) {
      draft.headers.add(name, random.nextBoolean() ? "17".getBytes(UTF_8) : null);
    }
    flipBits(draft, random);
  }

  private static void claimToBeFrame(Draft draft, SplittableRandom random) {
    byte[] mark = random.nextInt(4) == 0 ? null : Mutation.randomBytes(16, random);
    draft.headers.add(FRAME, mark);
    if (random.nextBoolean()) {
      frameBody(draft, random);
    }
  }

  /** The form in which records lie in a frame, with a record in it that nobody has sent. */
  private static void frameBody(Draft draft, SplittableRandom random) {
    byte[] key = "odd-forged".getBytes(UTF_8);
    byte[] value = draft.bytes();
    draft.value =
        ByteBuffer.allocate(28 + key.length + value.length)
            .putLong(random.nextInt(1000))
            .putLong(draft.timestamp)
            .putInt(random.nextBoolean() ? 0 : random.nextInt())
            .putInt(key.length)
            .put(key)
            .putInt(value.length)
            .put(value)
            .array();
  }

  private static void headerBomb(Draft draft, SplittableRandom random) {
    boolean many = random.nextBoolean();
    int count = many ? 5000 : 3;
    for (int i = 0; i < count; i++) {
      draft.headers.add("h" + i, Mutation.randomBytes(many ? 8 : 50_000, random));
    }
    if (random.nextBoolean()) {
      draft.value = null;
    }
  }

  private static void oversize(Draft draft, SplittableRandom random) {
    byte[] blanks = new byte[LARGEST_VALUE + 1 + random.nextInt(LARGEST_VALUE)];
    Arrays.fill(blanks, (byte) ' ');
    draft.replace(0, 0, blanks);
  }

  private static void tooLargeToReject(Draft draft, SplittableRandom random) {
    int size = LARGEST_REJECTION + random.nextInt(LARGEST_RECORD - LARGEST_REJECTION - 20_000);
    switch (random.nextInt(3)) {
      case 0 -> draft.value = Mutation.randomBytes(size, random);
      case 1 -> draft.key = Mutation.randomBytes(size, random);
      default -> {
        draft.headers.add("large", Mutation.randomBytes(size, random));
        draft.value = null;
      }
    }
  }
}
