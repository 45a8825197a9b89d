/** The description of the JSON API. */
package io.callscope.web.api;
