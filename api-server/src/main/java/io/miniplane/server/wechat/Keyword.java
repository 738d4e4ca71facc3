package io.miniplane.server.wechat;

import io.miniplane.server.platform.Reason;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The kinds of keywords that templates have, and what WeChat takes as their values. A keyword is named by its kind and a number. */
enum Keyword {
    CHARACTER_STRING("[\\x20-\\x7e]{1,32}"),
    PHONE_NUMBER("[0-9+\\-() ]{1,17}"),
    CAR_NUMBER("\\p{IsHan}?[\\p{IsHan}0-9A-Za-z]{1,7}"),
    THING("(?s).{1,20}"),
    NUMBER("(?=.{1,32}$)-?[0-9]+(\\.[0-9]+)?"),
    LETTER("[A-Za-z]{1,32}"),
    SYMBOL("[^0-9A-Za-z\\p{IsHan}]{1,5}"),
    TIME(".{1,64}"),
    DATE(".{1,64}"),
    AMOUNT("\\D?[0-9]{1,10}(\\.[0-9]+)?元?"),
    NAME("[\\p{IsHan}·]{1,10}|[^\\p{IsHan}0-9]{1,20}"),
    PHRASE("\\p{IsHan}{1,5}"),
    ENUM(".{1,64}");

    private static final Pattern NAME_OF_ONE = Pattern.compile("[a-z_]+[0-9]{1,3}");

    private final Pattern value;

    Keyword(String value) {
        this.value = Pattern.compile(value);
    }

    /** Refuses a value that the keyword's kind does not take; of a kind that is new it takes any. */
    static void check(String keyword, String value) {
        Rules.require(NAME_OF_ONE.matcher(keyword).matches(), Reason.of("not-a-keyword", "data"));
        Arrays.stream(values())
                .filter(kind -> keyword.replaceAll("[0-9]+$", "").equalsIgnoreCase(kind.name()))
                .forEach(kind ->
                        Rules.require(kind.value.matcher(value).matches(), Reason.of("keyword-value", keyword)));
    }
}
