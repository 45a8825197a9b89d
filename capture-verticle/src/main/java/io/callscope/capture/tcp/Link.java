package io.callscope.capture.tcp;

/** A place in a {@link LinkList}. */
class Link {
  Link before;
  Link after;
  LinkList list;
}
