/** Calls: the list, the tables, one call. */
package io.callscope.web.calls;
