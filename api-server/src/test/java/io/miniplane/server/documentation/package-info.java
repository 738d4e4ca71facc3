/** Makes the OpenAPI document of the HTTP API and proves that it says what the server does. */
package io.miniplane.server.documentation;
