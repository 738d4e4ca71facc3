/** WeChat Pay, API v3: merchants ask to be paid, users pay, and both the payments and the refunds are notified. */
@NullMarked
package io.miniplane.simulator.pay;

import org.jspecify.annotations.NullMarked;
