package io.callscope.config;

import java.util.List;

/**
 * One option: what it is called, what it takes and what it is for.
 *
 * @param <T> type of its value
 */
public final class Option<T> {
  private final String name;
  private final OptionGroup group;
  private final Syntax<T> syntax;
  private final T defaultValue;
  private final String description;
  private final List<String> aliases;
  private final boolean secret;
  private final boolean commandLineOnly;

  private Option(Draft<T> draft, String description) {
    this.name = draft.name;
    this.group = draft.group;
    this.syntax = draft.syntax;
    this.defaultValue = draft.defaultValue;
    this.aliases = draft.aliases;
    this.secret = draft.secret;
    this.commandLineOnly = draft.commandLineOnly;
    this.description = description;
  }

  /** An option on its way into a table. */
  static final class Draft<T> {
    private final List<Option<?>> table;
    private final String name;
    private final OptionGroup group;
    private final Syntax<T> syntax;
    private final T defaultValue;
    private List<String> aliases = List.of();
    private boolean secret;
    private boolean commandLineOnly;

    Draft(List<Option<?>> table, String name, OptionGroup group, Syntax<T> syntax, T defaultValue) {
      this.table = table;
      this.name = name;
      this.group = group;
      this.syntax = syntax;
      this.defaultValue = defaultValue;
    }

    Draft<T> alias(String alias) {
      aliases = List.of(alias);
      return this;
    }

    Draft<T> hidden() {
      secret = true;
      return this;
    }

    Draft<T> onlyOnCommandLine() {
      commandLineOnly = true;
      return this;
    }

    /** Finishes it and puts it at the end of the table. */
    Option<T> says(String description) {
      Option<T> option = new Option<>(this, description);
      table.add(option);
      return option;
    }
  }

  /** Without dash, for example {@code http_port}. */
  public String name() {
    return name;
  }

  public OptionGroup group() {
    return group;
  }

  public Syntax<T> syntax() {
    return syntax;
  }

  public T defaultValue() {
    return defaultValue;
  }

  /** What it is for, with units and the meaning of special values. */
  public String description() {
    return description;
  }

  public List<String> aliases() {
    return aliases;
  }

  /** Whether pages and logs show its value masked. */
  public boolean secret() {
    return secret;
  }

  /** Whether neither environment nor file may set it. */
  public boolean commandLineOnly() {
    return commandLineOnly;
  }

  /** Whether it takes no separate value on the command line. */
  public boolean isSwitch() {
    return syntax == Syntaxes.SWITCH;
  }

  /** The default as it would be written on the command line. */
  public String defaultText() {
    return syntax.print(defaultValue);
  }

  /** A value as pages show it. */
  public String shown(T value) {
    String text = syntax.print(value);
    return secret && !text.isEmpty() ? "***" : text;
  }
}
