package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The worked examples message by message: which entries there are after each, in which state, and
 * when each expires. What events they give is held by {@link CallExamplesTest} and {@link
 * RegistrationExamplesTest}.
 */
class ExampleStatesTest {
  private static final String DELAY = "reg_del_delay ";

  record Example(String name, List<String> steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    try (InputStream in = ExampleStatesTest.class.getResourceAsStream("example-states.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (line.startsWith("# ")) {
          examples.add(new Example(line.substring(2), new ArrayList<>()));
        } else if (!line.isBlank()) {
          examples.get(examples.size() - 1).steps.add(line);
        }
      }
    }
    return examples;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void goesFromStateToState(Example example) {
    Scenario scenario = new Scenario();
    for (String step : example.steps) {
      if (step.startsWith(DELAY)) {
        int seconds = Integer.parseInt(step.substring(DELAY.length()));
        scenario.settings.registrations(30, seconds, false);
      } else {
        scenario.playStep(step);
      }
    }

    scenario.until(10_000).leavesNothing();
    assertThat(example.steps).isNotEmpty();
  }
}
