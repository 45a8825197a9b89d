package io.callscope.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** A page of two lines takes some 20 KiB, and a megabyte where what it includes is parsed. */
  @Test
  void whatPagesIncludeIsParsedOnce() throws IOException {
    Templates templates = new Templates();
    Templates.Frame frame =
        new Templates.Frame("Title", "0", "1s", new Assets(), "", "", false, null, List.of());
    Map<String, String> model = Map.of("text", "one\ntwo\n");
    String first = templates.render("text", frame, model);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    String second = templates.render("text", frame, model);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(second).isEqualTo(first);
    assertThat(allocated).isLessThan(200_000);
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
