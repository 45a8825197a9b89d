package io.callscope.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTest {
  @ParameterizedTest
  @CsvSource(
      value = {
        "null, TEXT",
        "*/*, TEXT",
        "text/plain, TEXT",
        "'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', HTML",
        "application/json, JSON",
        "'application/json, text/plain, */*', JSON",
        "'text/html;q=0.5, application/json;q=0.9', JSON",
        "'text/html;q=x, text/plain;q=0.1', TEXT",
        "'text/html;q=0', TEXT",
        "image/png, TEXT",
      },
      nullValues = "null")
  void theFormFollowsTheAcceptHeader(String accept, Form form) {
    assertThat(Form.accepted(accept)).isEqualTo(form);
  }

  @Test
  void allTemplatesCompileAndEscapeEveryValue() throws IOException {
    assertThat(new Templates()).isNotNull();
    List<String> names = new ArrayList<>(Templates.NAMES);
    names.add("layout");
    for (String name : names) {
      try (InputStream in =
          Templates.class.getResourceAsStream("/io/callscope/web/templates/" + name + ".hbs")) {
        String template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(template).as(name).doesNotContain("{{{", "{{&", "style=\"", "://");
        assertThat(template.replace("<script defer src=\"{{frame.assets.", ""))
            .as(name + " runs scripts of ours alone")
            .doesNotContain("<script");
      }
    }
  }
}
