package io.callscope.launcher;

import io.callscope.bus.Version;
import io.callscope.config.HelpText;
import io.callscope.config.Option;
import io.callscope.config.Options;
import io.callscope.config.Problem;
import io.callscope.config.ProgressMode;
import io.callscope.config.Settings;
import io.callscope.config.SettingsException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** The program {@code callscope}. */
public final class Main {
  private static final List<Option<?>> INPUTS =
      List.of(Options.PCAP, Options.IFACE, Options.IPFIX_PORT);

  private final ProgressLine progress;
  private final PrintStream out;
  private final PrintStream err;

  private Main(ProgressLine progress, PrintStream out, PrintStream err) {
    this.progress = progress;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    ProgressLine progress = new ProgressLine(System.out, ProgressLine.isTerminal());
    if (progress.onTerminal()) {
      System.setOut(progress.guard(System.out));
      System.setErr(progress.guard(System.err));
    }
    int code = new Main(progress, System.out, System.err).run(List.of(arguments), System.getenv());
    // Also flushes; what the report was written to may be full.
    boolean unwritten = System.out.checkError();
    if (unwritten) {
      System.err.println("callscope: standard output could not be written");
    }
    System.exit(code == ExitCode.OK && unwritten ? ExitCode.RUN_ERROR : code);
  }

  private int run(List<String> arguments, Map<String, String> environment) {
    if (!arguments.isEmpty() && arguments.get(0).equals(PasswdCommand.NAME)) {
      return new PasswdCommand(TerminalPassword.ofProcess(), out, err)
          .run(arguments.subList(1, arguments.size()));
    }
    if (Settings.asks(arguments, Options.HELP)) {
      out.print(HelpText.text());
      return ExitCode.OK;
    }
    if (Settings.asks(arguments, Options.VERSION)) {
      out.println(Version.text());
      return ExitCode.OK;
    }
    Settings settings;
    try {
      settings = Settings.load(arguments, environment);
    } catch (SettingsException e) {
      for (Problem problem : e.problems()) {
        err.println("callscope: " + problem.text());
      }
      err.println("callscope: nothing was started; callscope -help lists all options");
      return ExitCode.WRONG_OPTIONS;
    }
    return settings.get(Options.CHECK) ? check(settings) : run(settings, arguments);
  }

  private int check(Settings settings) {
    List<String> problems = InputCheck.problems(settings);
    if (!problems.isEmpty()) {
      problems.forEach(problem -> err.println("callscope: " + problem));
      return ExitCode.WRONG_OPTIONS;
    }
    if (INPUTS.stream().noneMatch(settings::isChanged)) {
      out.println("No input is named yet: -pcap, -iface or -ipfix_port must be given to run.");
    }
    out.println("The options are valid. Not at their default:");
    for (Option<?> option : Options.ALL) {
      if (settings.isChanged(option) && option != Options.CHECK) {
        settings.effective().stream()
            .filter(setting -> setting.name().equals(option.name()))
            .forEach(
                s -> out.println("  " + s.name() + ": " + s.value() + " (" + s.origin() + ")"));
      }
    }
    return ExitCode.OK;
  }

  private int run(Settings settings, List<String> arguments) {
    Logging.configure(settings);
    ProgressMode mode = settings.get(Options.PROGRESS);
    if (mode == ProgressMode.ON || (mode == ProgressMode.AUTO && progress.onTerminal())) {
      progress.enable();
    }
    Plan plan = Services.plan(settings, arguments);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, fault) -> plan.faults().elsewhere(thread.getName(), fault));
    Application application =
        new Application(EndOptions.of(settings), plan, progress::show, out, err);
    StopSignals.install(
        new StopSignals(
            plan.network().stopMillis(), application::stop, Runtime.getRuntime()::halt, err));
    return application.run();
  }
}
