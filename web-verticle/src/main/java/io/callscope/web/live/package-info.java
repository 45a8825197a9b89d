/** What goes to clients as it happens: server-sent events of a bounded number of clients. */
package io.callscope.web.live;
