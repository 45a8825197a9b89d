/** The event bus for programs that are no part of it. */
package io.callscope.web.bridge;
