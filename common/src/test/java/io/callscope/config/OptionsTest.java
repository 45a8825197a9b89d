package io.callscope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void namesAndAliasesAreUnique() {
    Set<String> names = new HashSet<>();
    for (Option<?> option : Options.ALL) {
      assertThat(names.add(option.name())).as(option.name()).isTrue();
      option.aliases().forEach(alias -> assertThat(names.add(alias)).as(alias).isTrue());
    }
    assertThat(Options.named("nope")).isNull();
  }

  @Test
  void helpNamesEveryOptionWithItsDefaultInHundredColumns() {
    String help = HelpText.text();
    for (Option<?> option : Options.ALL) {
      assertThat(help).contains("\n  -" + option.name());
      if (!option.isSwitch() && !option.defaultText().isEmpty()) {
        assertThat(help.replaceAll("\\s+", " ")).contains("(default " + option.defaultText() + ")");
      }
    }
    assertThat(help.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  @Test
  void theDocumentationHasTheTablesOfAllGroups() throws Exception {
    String documentation = Files.readString(Path.of("../docs/configuration.md"));
    for (OptionGroup group : OptionGroup.values()) {
      assertThat(documentation).contains(table(group));
    }
  }

  private static String table(OptionGroup group) {
    StringBuilder table = new StringBuilder("### " + group.title() + "\n\n");
    table.append("| option | value | default | meaning |\n| --- | --- | --- | --- |\n");
    for (Option<?> option : Options.ALL) {
      if (option.group() == group) {
        table.append("| `").append(option.name()).append('`');
        option.aliases().forEach(alias -> table.append(", `").append(alias).append('`'));
        String value = option.isSwitch() ? "switch" : "`" + option.syntax().placeholder() + "`";
        String text = option.defaultText();
        table.append(" | ").append(value);
        table.append(" | ").append(text.isEmpty() ? "" : "`" + text + "`");
        table.append(" | ").append(option.description()).append(" |\n");
      }
    }
    return table.toString();
  }
}
