/** Messages put in by hand. */
package io.callscope.web.inject;
