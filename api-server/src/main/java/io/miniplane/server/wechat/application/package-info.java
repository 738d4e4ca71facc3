/** What happens to a pushed message: it is checked, and kept before WeChat has its answer. */
@NullMarked
package io.miniplane.server.wechat.application;

import org.jspecify.annotations.NullMarked;
