package io.callscope.tracker;

import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random traffic, the same for the same seed: dialogs of all kinds at once, their messages mixed,
 * and, if wished, lost, repeated and out of order.
 */
public final class Mix {
  private static final int KINDS = 12;

  private final SplittableRandom random;
  private final List<Message> messages = new ArrayList<>();

  private Mix(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A message of the mix and when it is captured, ns since 1970; times never go back. */
  public record Captured(Message message, long nanos) {}

  /**
   * @param harm chance of each message to be lost, repeated or moved, each
   */
  public static List<Captured> of(long seed, int dialogs, double harm) {
    Mix mix = new Mix(seed);
    mix.interleave(dialogs);
    mix.damage(harm);
    List<Captured> captured = new ArrayList<>();
    long now = Traffic.EPOCH;
    for (Message message : mix.messages) {
      // From microseconds to 17 s: replies and retries as well as timeouts fall in between.
      now += mix.random.nextLong(1L << mix.random.nextInt(10, 35));
      captured.add(new Captured(message, now));
    }
    return captured;
  }

  private void interleave(int dialogs) {
    List<List<Message>> scripts = new ArrayList<>();
    for (int i = 0; i < dialogs; i++) {
      scripts.add(new ArrayList<>(script(i)));
    }
    while (!scripts.isEmpty()) {
      List<Message> script = scripts.get(Math.min(random.nextInt(8), scripts.size() - 1));
      messages.add(script.remove(0));
      scripts.remove(List.<Message>of());
    }
  }

  private void damage(double harm) {
    List<Message> before = new ArrayList<>(messages);
    messages.clear();
    for (Message message : before) {
      if (random.nextDouble() >= harm) {
        messages.add(message);
      }
      if (random.nextDouble() < harm) {
        messages.add(Math.max(0, messages.size() - random.nextInt(40)), message);
      }
    }
    for (int i = 0; i < messages.size(); i++) {
      if (random.nextDouble() < harm) {
        Message moved = messages.remove(i);
        messages.add(Math.min(i + random.nextInt(60), messages.size()), moved);
      }
    }
  }

  private List<Message> script(int number) {
    Dialog call = Dialog.call(number);
    return switch (random.nextInt(KINDS)) {
      case 0 -> basic(call);
      case 1 -> cancelled(call);
      case 2 -> forked(call);
      case 3 -> challenged(call);
      case 4 -> refused(call);
      case 5 -> inDialog(call);
      case 6 -> List.of(call.request("OPTIONS", "", 1), call.reply(200, "OPTIONS", "b", 1));
      case 7 -> List.of(call.request("BYE", "b", 2), call.reply(200, "BYE", "b", 2));
      case 8 -> registered(number);
      case 9 -> star(number);
      case 10 -> odd(call);
      default -> moved(number);
    };
  }

  private static List<Message> basic(Dialog d) {
    return List.of(
        d.request("INVITE", "", 1, "Contact: <" + d.from() + ">"),
        d.reply(100, "INVITE", "", 1),
        d.reply(180, "INVITE", "b", 1),
        d.reply(200, "INVITE", "b", 1),
        d.request("ACK", "b", 1),
        d.calleeRequest("BYE", "b", 100),
        d.callerReply(200, "BYE", "b", 100));
  }

  private static List<Message> cancelled(Dialog d) {
    return List.of(
        d.request("INVITE", "", 1),
        d.reply(180, "INVITE", "b", 1),
        d.request("CANCEL", "", 1),
        d.reply(200, "CANCEL", "b", 1),
        d.reply(487, "INVITE", "b", 1),
        d.request("ACK", "b", 1));
  }

  private static List<Message> forked(Dialog d) {
    return List.of(
        d.request("INVITE", "", 1),
        d.reply(180, "INVITE", "b", 1),
        d.reply(180, "INVITE", "c", 1),
        d.reply(200, "INVITE", "c", 1),
        d.reply(200, "INVITE", "b", 1),
        d.request("BYE", "c", 2),
        d.request("BYE", "b", 3),
        d.reply(408, "INVITE", "p", 1));
  }

  private static List<Message> challenged(Dialog d) {
    Dialog retry = new Dialog(d.callId(), d.fromTag() + "x", d.from(), d.to());
    return List.of(
        d.request("INVITE", "", 1),
        d.reply(401, "INVITE", "x", 1),
        d.request("ACK", "x", 1),
        d.request("INVITE", "", 2),
        d.reply(401, "INVITE", "x", 2),
        retry.request("INVITE", "", 3),
        retry.reply(200, "INVITE", "b", 3),
        retry.request("BYE", "b", 4));
  }

  private static List<Message> refused(Dialog d) {
    return List.of(
        d.request("INVITE", "", 1), d.reply(486, "INVITE", "b", 1), d.request("ACK", "b", 1));
  }

  private static List<Message> inDialog(Dialog d) {
    return List.of(
        d.request("INVITE", "", 1),
        d.reply(183, "INVITE", "b", 1),
        d.request("PRACK", "b", 2),
        d.reply(200, "PRACK", "b", 2),
        d.calleeRequest("INFO", "b", 7),
        d.callerReply(200, "INFO", "b", 7),
        d.reply(200, "INVITE", "b", 1),
        d.calleeRequest("INVITE", "b", 8),
        d.callerReply(488, "INVITE", "b", 8),
        d.request("MESSAGE", "b", 3),
        d.request("BYE", "b", 4));
  }

  /** Headers and CSeq methods that do not agree with the first line. */
  private static List<Message> odd(Dialog d) {
    Message options = d.request("OPTIONS", "", 1);
    Message asRegister =
        new Message(options.text().replace("1 OPTIONS", "1 REGISTER"), options.fromCallee());
    Message again =
        new Message(options.text().replace("1 OPTIONS", "2 REGISTER"), options.fromCallee());
    String contact = "Contact: <" + d.from() + ">;expires=60";
    return List.of(
        asRegister,
        d.reply(200, "REGISTER", "b", 1, contact),
        again,
        d.reply(200, "REGISTER", "b", 2, contact),
        d.request("FOO", "", 0),
        d.reply(699, "FOO", "b", 0),
        d.request("ACK", "", 5));
  }

  private Dialog client(int number) {
    return Dialog.registration(number, random.nextInt(6));
  }

  private String contact(int expires) {
    return "Contact: <sip:c" + random.nextInt(4) + "@192.0.2.9:5060>;expires=" + expires;
  }

  private List<Message> registered(int number) {
    Dialog d = client(number);
    String one = contact(60);
    String two = contact(90);
    return List.of(
        d.request("REGISTER", "", 1, one, two),
        d.reply(401, "REGISTER", "x", 1),
        d.request("REGISTER", "", 2, one, two),
        d.reply(200, "REGISTER", "y", 2, one, two),
        d.request("REGISTER", "y", 3, one, two),
        d.reply(200, "REGISTER", "y", 3, one, two),
        d.request("REGISTER", "", 4, one.replace("=60", "=0")),
        d.reply(200, "REGISTER", "z", 4, two));
  }

  private List<Message> star(int number) {
    Dialog d = client(number);
    String one = contact(60);
    return List.of(
        d.request("REGISTER", "", 1, one),
        d.reply(200, "REGISTER", "y", 1, one, contact(70)),
        d.request("REGISTER", "", 2, "Contact: *", "Expires: 0"),
        d.reply(200, "REGISTER", "y", 2));
  }

  private List<Message> moved(int number) {
    Dialog d = client(number);
    String one = contact(60);
    String two = contact(60);
    return List.of(
        d.request("REGISTER", "", 1, one),
        d.reply(200, "REGISTER", "y", 1, one),
        d.request("REGISTER", "", 2, two),
        d.reply(200, "REGISTER", "y", 2, two),
        d.reply(200, "REGISTER", "w", 3, one, two));
  }
}
