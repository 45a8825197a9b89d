/** The event ring and its pages. */
package io.callscope.web.events;
