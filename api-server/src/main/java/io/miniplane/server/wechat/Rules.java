package io.miniplane.server.wechat;

import io.miniplane.server.platform.Reason;

/** What WeChat asks of the values of a request; what breaks a rule is a {@link WechatFailure.BadArgument}. */
final class Rules {

    private static final int LONGEST_ID = 128;

    private Rules() {}

    /** Something visible of at most so many characters, as a person counts them. */
    static String text(String field, String value, int longest) {
        if (value.isBlank()) {
            throw new WechatFailure.BadArgument(Reason.of("missing", field));
        }
        return shortText(field, value, longest);
    }

    /** At most so many characters, as a person counts them. */
    static String shortText(String field, String value, int longest) {
        if (value.codePointCount(0, value.length()) > longest) {
            throw new WechatFailure.BadArgument(Reason.of("too-long", field, longest));
        }
        return value;
    }

    /** A name that WeChat gave to something. */
    static String id(String field, String value) {
        return text(field, value, LONGEST_ID);
    }

    static void within(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new WechatFailure.BadArgument(Reason.of("out-of-range", field, least, most));
        }
    }

    /** @param ought whether the value is as the reason says that it ought to be */
    static void require(boolean ought, Reason otherwise) {
        if (!ought) {
            throw new WechatFailure.BadArgument(otherwise);
        }
    }
}
