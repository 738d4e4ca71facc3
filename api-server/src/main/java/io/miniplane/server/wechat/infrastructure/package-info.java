/** The client of WeChat's HTTP API: calls, their protection against a slow or failing WeChat, and the access token. */
@NullMarked
package io.miniplane.server.wechat.infrastructure;

import org.jspecify.annotations.NullMarked;
