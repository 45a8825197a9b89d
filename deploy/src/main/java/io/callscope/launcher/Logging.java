package io.callscope.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.callscope.config.LogFormat;
import io.callscope.config.Options;
import io.callscope.config.Settings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Sets up the two logs, both to standard error: the general one and that of the parser. */
final class Logging {
  /** Logger of captured packets and messages that do not parse. */
  static final String PARSE = "io.callscope.parse";

  /** Logger of log-ins and of who did what. */
  static final String AUDIT = "callscope.audit";

  /** Logger of what SBCs do, and others who connect. */
  private static final String COLLECTOR = "io.callscope.ipfix";

  private static final int PARSE_PER_SECOND = 10;
  private static final int COLLECTOR_PER_SECOND = 10;
  private static final int STRANGERS_PER_SECOND = 1;
  private static final int SHORT_SOURCE = 1;
  private static final int FULL_SOURCE = 2;
  private static final int TIME = 4;
  private static final int SHORT_STACK = 8;
  private static final int FULL_STACK = 16;

  private Logging() {}

  /** What operators can change of the logs; numbers as in the options. */
  record Levels(int level, int options, int parseLevel, int parseOptions) {
    static Levels of(Settings settings) {
      return new Levels(
          settings.get(Options.LOG_LEVEL),
          settings.get(Options.LOG_OPT),
          settings.get(Options.PARSE_LOG_LEVEL),
          settings.get(Options.PARSE_LOG_OPT));
    }
  }

  static void configure(Settings settings) {
    configure(settings, Levels.of(settings));
  }

  /** Sets both logs up anew with other levels and prefixes. */
  static void configure(Settings settings, Levels levels) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    LogFormat format = settings.get(Options.LOG_FORMAT);
    Level level = level(levels.level);
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level);
    Appender<ILoggingEvent> general = console(context, "general", format, levels.options);
    root.addAppender(general);
    for (String library : List.of("io.vertx", "io.netty", "org.pcap4j", "com.github.jknack")) {
      context.getLogger(library).setLevel(quieter(level));
    }
    // Of a member that goes it warns at length; who comes and goes is told in a line of our own.
    context
        .getLogger("com.hazelcast")
        .setLevel(level == Level.OFF || level == Level.TRACE ? level : Level.ERROR);

    // What keeps it from starting it also throws; that is one line, and not a stack besides.
    context.getLogger("com.hazelcast.instance.AddressPicker").setLevel(Level.OFF);

    // Who did what is told however quiet the rest is.
    context.getLogger(AUDIT).setLevel(level == Level.OFF ? Level.OFF : Level.INFO);
    // What comes for a consumer that has just gone: who sends it keeps it and counts, or it was
    // news.
    context.getLogger("io.vertx.core.eventbus.impl.MessageConsumerImpl").setLevel(Level.ERROR);
    // What does not start or stop is told by those who wait for it.
    context.getLogger("io.vertx.core.impl.deployment.DefaultDeploymentManager").setLevel(Level.OFF);
    // What it says of broken bytes of clients would fill the log at their will.
    context.getLogger("io.netty.channel.AbstractChannelHandlerContext").setLevel(Level.ERROR);
    // Nor is what clients of the bus bridge do, down to closing their connection, an error of ours.
    context.getLogger("io.vertx.ext.web.handler.sockjs").setLevel(Level.OFF);

    if (level.isGreaterOrEqual(Level.INFO)) { // below, all of it is of use
      heldUp(context.getLogger(HeldUpAppender.LOGGER), general);
      // Whoever reaches the port can connect and go as often as he likes; that hides no SBC.
      limit(context.getLogger(COLLECTOR), general, COLLECTOR_PER_SECOND);
      limit(context.getLogger(COLLECTOR + ".strangers"), general, STRANGERS_PER_SECOND);
    }

    Logger parse = context.getLogger(PARSE);
    parse.setLevel(parseLevel(settings, levels.parseLevel));
    limit(parse, console(context, "parse", format, levels.parseOptions), PARSE_PER_SECOND);
  }

  private static void limit(Logger logger, Appender<ILoggingEvent> to, int perSecond) {
    logger.setAdditive(false);
    RateLimitedAppender limited =
        new RateLimitedAppender(
            logger, to, new RateLimit(perSecond, monotonicMillis()), Logging::monotonicMillis);
    limited.setContext(logger.getLoggerContext());
    limited.start();
    logger.addAppender(limited);
  }

  private static long monotonicMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private static void heldUp(Logger logger, Appender<ILoggingEvent> general) {
    HeldUpAppender appender = new HeldUpAppender(logger, general, Logging::monotonicMillis);
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.setAdditive(false);
    logger.addAppender(appender);
  }

  /**
   * Levels -3 (bug) to -1 (error) are all errors here, 1 (notice) and 2 (info) both info; below is
   * nothing and above everything.
   */
  static Level level(int number) {
    if (number < -3) {
      return Level.OFF;
    }
    return switch (number) {
      case -3, -2, -1 -> Level.ERROR;
      case 0 -> Level.WARN;
      case 1, 2 -> Level.INFO;
      case 3 -> Level.DEBUG;
      default -> Level.TRACE;
    };
  }

  private static Level parseLevel(Settings settings, int number) {
    return number == 3 && settings.get(Options.VERBOSE) ? Level.TRACE : level(number);
  }

  /** What libraries say at info is of no use to those who run the program. */
  private static Level quieter(Level level) {
    return level.isGreaterOrEqual(Level.WARN) || level == Level.TRACE ? level : Level.WARN;
  }

  private static Appender<ILoggingEvent> console(
      LoggerContext context, String name, LogFormat format, int bits) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName(name);
    console.setTarget("System.err");
    console.setEncoder(format == LogFormat.JSON ? json(context) : lines(context, bits));
    console.start();
    return console;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithArguments(false);
    encoder.setWithMessage(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> lines(LoggerContext context, int bits) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern(bits));
    encoder.start();
    return encoder;
  }

  /** The pattern of {@code -log_opt}. A message cannot start a line of its own. */
  static String pattern(int bits) {
    StringBuilder pattern = new StringBuilder();
    pattern.append((bits & TIME) != 0 ? "%d{yyyy/MM/dd'T'HH:mm:ss.SS} " : "").append("%-5level ");
    if ((bits & SHORT_SOURCE) != 0) {
      pattern.append("%file:%line ");
    } else if ((bits & FULL_SOURCE) != 0) {
      pattern.append("%class.%method:%line ");
    }
    pattern.append("%replace(%msg){'[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f]+', ' '}%n");
    if ((bits & FULL_STACK) != 0) {
      pattern.append("%caller{99}");
    } else if ((bits & SHORT_STACK) != 0) {
      pattern.append("%caller{3}");
    }
    return pattern.append("%ex").toString();
  }
}
