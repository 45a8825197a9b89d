/** The first page. */
package io.callscope.web.dashboard;
