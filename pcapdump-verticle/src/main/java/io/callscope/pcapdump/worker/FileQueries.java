package io.callscope.pcapdump.worker;

import io.callscope.pcapdump.file.CallFiles;
import io.callscope.pcapdump.file.CallId;
import io.callscope.pcapdump.file.FileFound;
import io.callscope.query.Fields;
import io.callscope.query.Reply;
import io.callscope.sip.CallIdHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Questions about the file of a call, on the thread of its writer. */
public final class FileQueries {
  private static final int DEFAULT_BYTES = 1 << 20;
  private static final int MAX_BYTES = 4 << 20;

  private final CallFiles files;

  public FileQueries(CallFiles files) {
    this.files = files;
  }

  /**
   * The writer of a call.
   *
   * @throws IllegalArgumentException if the question names no Call-ID
   */
  public static int worker(Map<String, Object> asked, int workers) {
    byte[] callId = bytes(new Fields(asked));
    return CallIdHash.part(CallIdHash.of(callId, 0, callId.length), workers);
  }

  private static byte[] bytes(Fields query) {
    return query.text("callId").getBytes(StandardCharsets.UTF_8);
  }

  /** Answers; what the call has gathered is written first. */
  public void ask(Map<String, Object> asked, long nowMillis, Reply reply) {
    try {
      reply.answer(answer(new Fields(asked), nowMillis));
    } catch (IllegalArgumentException e) {
      reply.refuse(e.getMessage());
    } catch (IOException e) {
      reply.refuse(e.toString());
    }
  }

  private Map<String, Object> answer(Fields query, long nowMillis) throws IOException {
    byte[] bytes = bytes(query);
    CallId id = new CallId();
    id.set(bytes, 0, bytes.length, CallIdHash.of(bytes, 0, bytes.length));
    files.flush(id, nowMillis);
    FileFound found = files.find(id);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("file", found.path());
    answer.put("exists", found.exists());
    answer.put("bytes", found.bytes());
    answer.put("modified", Instant.ofEpochMilli(found.modifiedMillis()).toString());
    if (query.text("query").equals("read")) {
      answer.put("base64", Base64.getEncoder().encodeToString(content(query, id, found)));
    }
    return answer;
  }

  private byte[] content(Fields query, CallId id, FileFound found) throws IOException {
    long offset = query.number("offset", 0, Long.MAX_VALUE);
    int limit = Math.min(query.atMostInt("limit", DEFAULT_BYTES), MAX_BYTES);
    long left = Math.max(0, found.bytes() - offset);
    return left == 0 ? new byte[0] : files.read(id, offset, (int) Math.min(limit, left));
  }
}
