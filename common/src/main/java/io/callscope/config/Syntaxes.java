package io.callscope.config;

import io.callscope.bus.EventType;
import io.callscope.net.IpNetwork;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of values options have. */
final class Syntaxes {
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

  static final Syntax<Boolean> SWITCH = of("", Syntaxes::readSwitch, String::valueOf);
  static final Syntax<Double> REAL = of("NUMBER", NumberText::real, NumberText::print);
  static final Syntax<Duration> ANY_DURATION =
      of("DURATION", DurationText::parse, DurationText::print);
  static final Syntax<Duration> DURATION =
      of("DURATION", Syntaxes::readPositive, DurationText::print);
  static final Syntax<List<EventType>> EVENT_TYPES =
      new ListSyntax<>("TYPE,...", Syntaxes::readEventType, EventType::text);
  static final Syntax<List<Double>> LIMITS =
      new Slots<>(
          new ListSyntax<>("N,N,N", NumberText::real, NumberText::print),
          List.of(20.0, 240.0, 3600.0));
  static final Syntax<List<Duration>> INTERVALS =
      new Slots<>(
          new ListSyntax<>("DURATION,...", Syntaxes::readPositive, DurationText::print),
          List.of(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1)));
  static final Syntax<List<Integer>> PORTS =
      new ListSyntax<>("PORT,...", integer("PORT", 0, 65535)::parse, String::valueOf);
  static final Syntax<List<IpNetwork>> BLOCKS =
      new ListSyntax<>("CIDR,...", Syntaxes::readNetwork, IpNetwork::text);
  static final Syntax<List<String>> STATS_GROUPS = new StatsGroupsSyntax();
  static final Syntax<Map<CallStateTimeout, Integer>> TIMEOUTS = new TimeoutsSyntax();
  static final Syntax<List<String>> FILES = new FilesSyntax();

  private Syntaxes() {}

  static Syntax<String> text(String placeholder) {
    return of(placeholder, text -> text, text -> text);
  }

  /** Text that must not be empty. */
  static Syntax<String> word(String placeholder, String wanted) {
    return of(
        placeholder,
        text -> {
          if (text.isBlank()) {
            throw new BadValueException("must be " + wanted);
          }
          return text.strip();
        },
        text -> text);
  }

  static Syntax<List<String>> words(String placeholder) {
    return new ListSyntax<>(placeholder, item -> item, item -> item);
  }

  static Syntax<Integer> integer(String placeholder, int min, int max) {
    return of(placeholder, text -> (int) readWhole(text, min, max), String::valueOf);
  }

  static Syntax<Integer> count(int min) {
    return integer("N", min, Integer.MAX_VALUE);
  }

  static Syntax<Long> wide(long max) {
    return of("N", text -> readWhole(text, 0, max), String::valueOf);
  }

  static Syntax<Long> bigCount() {
    return wide(Long.MAX_VALUE);
  }

  static Syntax<Long> size(long max) {
    return of("SIZE", text -> NumberText.size(text, max), NumberText::printSize);
  }

  static <E extends Enum<E>> Syntax<E> choice(
      String placeholder, Class<E> type, Function<E, String> name) {
    return of(placeholder, text -> readChoice(text, type, name), name);
  }

  static <E extends Enum<E>> Syntax<List<E>> choices(
      String placeholder, Class<E> type, Function<E, String> name) {
    return new ListSyntax<>(placeholder, text -> readChoice(text, type, name), name);
  }

  private static <T> Syntax<T> of(
      String placeholder, ListSyntax.ItemParser<T> parser, Function<T, String> printer) {
    return new ScalarSyntax<>(placeholder, parser, printer);
  }

  private static boolean readSwitch(String text) throws BadValueException {
    if (!TRUE.contains(text) && !FALSE.contains(text)) {
      throw new BadValueException("must be true or false");
    }
    return TRUE.contains(text);
  }

  private static Duration readPositive(String text) throws BadValueException {
    Duration duration = DurationText.parse(text);
    if (duration.isNegative()) {
      throw new BadValueException("must be a duration of 0 or more");
    }
    return duration;
  }

  private static long readWhole(String text, long min, long max) throws BadValueException {
    BigInteger value = NumberText.whole(text);
    if (value == null
        || value.compareTo(BigInteger.valueOf(min)) < 0
        || value.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new BadValueException("must be a whole number from " + min + " to " + max);
    }
    return value.longValue();
  }

  private static EventType readEventType(String text) throws BadValueException {
    EventType type = EventType.named(text);
    if (type == null || type == EventType.EMPTY || type == EventType.INVALID) {
      throw new BadValueException(
          "must be one of "
              + Arrays.stream(EventType.values())
                  .filter(known -> known != EventType.EMPTY && known != EventType.INVALID)
                  .map(EventType::text)
                  .collect(Collectors.joining(", ")));
    }
    return type;
  }

  private static IpNetwork readNetwork(String text) throws BadValueException {
    try {
      return IpNetwork.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadValueException(
          "must be an address or block such as 192.0.2.0/24 or 2001:db8::/32");
    }
  }

  private static <E extends Enum<E>> E readChoice(
      String text, Class<E> type, Function<E, String> name) throws BadValueException {
    for (E choice : type.getEnumConstants()) {
      if (name.apply(choice).equalsIgnoreCase(text)) {
        return choice;
      }
    }
    throw new BadValueException(
        "must be one of "
            + Arrays.stream(type.getEnumConstants()).map(name).collect(Collectors.joining(", ")));
  }

  private record ScalarSyntax<T>(
      String placeholder, ListSyntax.ItemParser<T> parser, Function<T, String> printer)
      implements Syntax<T> {

    @Override
    public T parse(String text) throws BadValueException {
      return parser.parse(text);
    }

    @Override
    public String print(T value) {
      return printer.apply(value);
    }
  }
}
