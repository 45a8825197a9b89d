package io.callscope.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Options of a YAML file: a flat map of option names; lists and maps of plain values where an
 * option takes such. Every value stays the text it is in the file, so that it means what it means
 * on the command line ({@code 1_000}, {@code 0o17}).
 */
final class ConfigFile {
  private static final int MAX_CODE_POINTS = 1 << 20;
  private static final int MAX_DEPTH = 10;
  private static final int MAX_ALIASES = 20;

  private final List<Assignment> assignments = new ArrayList<>();
  private final List<Problem> problems;

  /** An option may have several names. */
  private final Set<Option<?>> named = new HashSet<>();

  private ConfigFile(List<Problem> problems) {
    this.problems = problems;
  }

  /**
   * @param name of the file, for errors
   * @param problems gets what is wrong with it
   */
  static List<Assignment> read(String name, String yaml, List<Problem> problems) {
    ConfigFile file = new ConfigFile(problems);
    try {
      Object root = parser().load(yaml);
      if (root instanceof Map<?, ?> map) {
        map.forEach((key, value) -> file.readKey(String.valueOf(key), value));
      } else if (root != null && !root.equals("")) {
        problems.add(new Problem("config", name, "", "must be a map of option names and values"));
      }
    } catch (MarkedYAMLException e) {
      problems.add(new Problem("config", name, "", "no valid YAML: " + placed(e)));
    } catch (YAMLException e) {
      problems.add(new Problem("config", name, "", "no valid YAML: " + oneLine(e)));
    }
    return file.assignments;
  }

  private static Yaml parser() {
    LoaderOptions limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setCodePointLimit(MAX_CODE_POINTS);
    limits.setMaxAliasesForCollections(MAX_ALIASES);
    limits.setNestingDepthLimit(MAX_DEPTH);
    DumperOptions unused = new DumperOptions();
    return new Yaml(
        new SafeConstructor(limits), new Representer(unused), unused, limits, new TextResolver());
  }

  /** Leaves every scalar a text. */
  private static final class TextResolver extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      // none: numbers, switches and dates are read by the options' own syntax
    }
  }

  /** Where it is and what: the message of the parser quotes whole lines besides. */
  private static String placed(MarkedYAMLException e) {
    Mark mark = e.getProblemMark();
    return mark == null ? oneLine(e) : "line " + (mark.getLine() + 1) + ": " + e.getProblem();
  }

  private static String oneLine(YAMLException e) {
    return e.getMessage().strip().replaceAll("\\s*\\n\\s*", " ");
  }

  private void readKey(String key, Object value) {
    Option<?> option = Options.named(key);
    if (option == null) {
      problems.add(new Problem(key, null, "file", UnknownName.reason(key)));
    } else if (!named.add(option)) {
      problems.add(new Problem(key, null, "file", "names an option that stands there already"));
    } else if (option.commandLineOnly() || option == Options.CONFIG) {
      problems.add(new Problem(key, null, "file", "cannot stand in a file"));
    } else {
      try {
        assignments.add(new Assignment(option, textOf(option, value)));
      } catch (BadValueException e) {
        problems.add(new Problem(key, String.valueOf(value), "file", e.getMessage()));
      }
    }
  }

  private static String textOf(Option<?> option, Object value) throws BadValueException {
    if (value instanceof List<?> list) {
      List<String> items = new ArrayList<>();
      for (Object item : list) {
        items.add(plain(item));
      }
      return option.syntax().ofItems(items);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, String> pairs = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        pairs.put(plain(entry.getKey()), plain(entry.getValue()));
      }
      return option.syntax().ofPairs(pairs);
    }
    return plain(value);
  }

  private static String plain(Object value) throws BadValueException {
    if (value instanceof String text) {
      return text;
    }
    if (value == null) {
      return "";
    }
    throw new BadValueException("must be made of plain values");
  }
}
