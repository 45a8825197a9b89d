/** Event rates: the list of rate entries, limits, collections. */
package io.callscope.web.rates;
