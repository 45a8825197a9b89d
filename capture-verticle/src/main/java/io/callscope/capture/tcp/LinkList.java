package io.callscope.capture.tcp;

/** A doubly linked list whose links are the entries themselves, or parts of them. */
final class LinkList {
  Link first;
  Link last;

  /** Appends a link, which leaves the list it was in. */
  void append(Link link) {
    remove(link);
    link.list = this;
    link.before = last;
    if (last == null) {
      first = link;
    } else {
      last.after = link;
    }
    last = link;
  }

  /** Takes a link out of the list it is in, if any. */
  static void remove(Link link) {
    LinkList list = link.list;
    if (list == null) {
      return;
    }
    if (link.before == null) {
      list.first = link.after;
    } else {
      link.before.after = link.after;
    }
    if (link.after == null) {
      list.last = link.before;
    } else {
      link.after.before = link.before;
    }
    link.before = null;
    link.after = null;
    link.list = null;
  }
}
