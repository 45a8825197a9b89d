/** What all lists have in common: start, maximum, filters, regular expressions. */
package io.callscope.web.list;
