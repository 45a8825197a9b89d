/** The program and its configuration. */
package io.callscope.web.about;
