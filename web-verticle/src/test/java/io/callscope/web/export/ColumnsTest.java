package io.callscope.web.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.EventJson;
import io.callscope.bus.EventType;
import io.callscope.web.FakeServices;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "plain~plain",
        "``~``",
        "a,b~\"a,b\"",
        "say \"hi\"~\"say \"\"hi\"\"\"",
        "=1+1~'=1+1",
        "+49301234~'+49301234",
        "-1~'-1",
        "@SUM(A1)~'@SUM(A1)",
        "=cmd|' /C calc'!A0,x~\"'=cmd|' /C calc'!A0,x\"",
        "sip:a@b;tag=1~\"sip:a@b;tag=1\"",
      })
  void cellsAreQuotedAndNoFormula(String value, String cell) {
    assertThat(Csv.line(List.of(value, "x"))).isEqualTo(cell + ",x\r\n");
  }

  @Test
  void whatEndsALineOrCannotBeSeenIsEscaped() {
    JsonObject call = new JsonObject().put("aor", "a\r\n=b\t").put("contact", "\u202ex");
    assertThat(Columns.BINDINGS.line(call)).startsWith("a\\r\\n=b\\t,\\u202ex,");
  }

  @Test
  void listsAreOneCellAndWhatIsMissingIsEmpty() {
    JsonObject call = new JsonObject().put("id", "0-1").put("status", JsonArray.of(200, 0));
    String line = Columns.CALLS.line(call);
    assertThat(line).startsWith("0-1,,,").contains(",200:0,");
    assertThat(line.strip().split(",", -1)).hasSameSizeAs(Columns.CALLS.paths());
  }

  @Test
  void anEventHasItsValuesBelowTheirNames() {
    JsonObject event = EventJson.of(FakeServices.event(7, EventType.CALL_END, 200, "a@b"));
    List<String> names = List.of(Columns.EVENTS.header().strip().split(",", -1));
    String[] cells = Columns.EVENTS.line(event).strip().split(",", -1);
    assertThat(names).contains("@timestamp");
    assertThat(cells[names.indexOf("event.number")]).isEqualTo("7");
    assertThat(cells[names.indexOf("type")]).isEqualTo("call-end");
    assertThat(cells[names.indexOf("client.ip")]).isEqualTo("192.0.2.1");
    assertThat(cells[names.indexOf("sip.originator")]).isEqualTo("caller-terminated");
  }
}
