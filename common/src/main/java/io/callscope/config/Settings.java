package io.callscope.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The value of every option, once and for all. */
public final class Settings {
  private final Map<Option<?>, Given<?>> given;

  Settings(Map<Option<?>, Given<?>> given) {
    this.given = Map.copyOf(given);
  }

  /** A value that was given, though it may equal the default. */
  record Given<T>(Option<T> option, T value, Origin origin) {}

  /**
   * Settings of command line over environment over the file of {@code -config} over defaults. Reads
   * that file, so not for an event loop.
   *
   * @throws SettingsException with all that is wrong
   */
  public static Settings load(List<String> arguments, Map<String, String> environment)
      throws SettingsException {
    return new SettingsReader().read(arguments, environment);
  }

  /** Whether a command line has that switch on, whatever else is wrong with it. */
  public static boolean asks(List<String> arguments, Option<Boolean> option) {
    return CommandLine.read(arguments, new ArrayList<>()).stream()
        .anyMatch(assignment -> assignment.equals(new Assignment(option, "true")));
  }

  /** A command line as it may be shown to people: secrets masked. */
  public static List<String> masked(List<String> arguments) {
    return CommandLine.masked(arguments);
  }

  public <T> T get(Option<T> option) {
    // A Given holds a value of its own option's type.
    @SuppressWarnings("unchecked")
    Given<T> own = (Given<T>) given.get(option);
    return own == null ? option.defaultValue() : own.value();
  }

  public Origin origin(Option<?> option) {
    Given<?> own = given.get(option);
    return own == null ? Origin.DEFAULT : own.origin();
  }

  /** All options in the order of pages. */
  public List<EffectiveSetting> effective() {
    return Options.ALL.stream().map(this::effective).toList();
  }

  private <T> EffectiveSetting effective(Option<T> option) {
    return new EffectiveSetting(option.name(), option.shown(get(option)), origin(option).text());
  }

  /** Whether the value differs from the default, wherever it came from. */
  public boolean isChanged(Option<?> option) {
    return !get(option).equals(option.defaultValue());
  }
}
