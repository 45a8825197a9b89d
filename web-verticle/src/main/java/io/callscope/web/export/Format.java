package io.callscope.web.export;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** How an export is written. */
enum Format {
  NDJSON("ndjson", "application/x-ndjson"),
  CSV("csv", "text/csv; charset=utf-8; header=present");

  private final String ending;
  private final String contentType;

  Format(String ending, String contentType) {
    this.ending = ending;
    this.contentType = contentType;
  }

  String ending() {
    return ending;
  }

  String contentType() {
    return contentType;
  }

  Buffer head(Columns columns) {
    return this == CSV ? Buffer.buffer(columns.header()) : Buffer.buffer();
  }

  Buffer entries(Columns columns, List<JsonObject> entries) {
    Buffer out = Buffer.buffer();
    for (JsonObject entry : entries) {
      if (this == CSV) {
        out.appendString(columns.line(entry));
      } else {
        out.appendBuffer(entry.toBuffer()).appendByte((byte) '\n');
      }
    }
    return out;
  }
}
