/**
 * Requests to answers: routes, parameters, forms of an answer, templates, assets, the guard of
 * actions.
 */
package io.callscope.web.http;
