/** The file that is written of each call. */
package io.callscope.web.dump;
