package io.miniplane.simulator.world;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a value in a subscribe message may be; the name of a field begins with the name of its rule: {@code thing1}. */
public enum FieldRule {
    THING("(?s).{1,20}"),
    NUMBER("(?=.{1,32}$)-?\\d+(\\.\\d+)?"),
    LETTER("[A-Za-z]{1,32}"),
    SYMBOL("[^\\p{IsAlphabetic}\\p{IsDigit}\\s]{1,5}"),
    CHARACTER_STRING("[\\x21-\\x7e]{1,32}"),
    TIME(Patterns.MOMENT + "|" + Patterns.MOMENT + "\\s?~\\s?" + Patterns.MOMENT),
    DATE(Patterns.DAY + "|" + Patterns.DAY + "\\s?~\\s?" + Patterns.DAY),
    AMOUNT("[^\\p{IsAlphabetic}\\p{IsDigit}\\s]?\\d{1,10}(\\.\\d+)?元?"),
    PHONE_NUMBER("[0-9+()\\- ]{1,17}"),
    CAR_NUMBER("(?=.{1,8}$)[\\p{IsHan}0-9A-Za-z][0-9A-Za-z]*[\\p{IsHan}0-9A-Za-z]"),
    NAME("[\\p{IsHan}]{1,10}|[^\\p{IsHan}\\d]{1,20}|(?=.*\\p{IsHan})[^\\d]{1,10}"),
    PHRASE("[\\p{IsHan}]{1,5}"),
    ENUM("(?s).{1,20}");

    private final Pattern pattern;

    FieldRule(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    private static final class Patterns {
        static final String CLOCK = "\\d{1,2}[:：]\\d{2}([:：]\\d{2})?";
        static final String DATE = "\\d{4}年\\d{1,2}月\\d{1,2}日|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}";
        static final String MOMENT = "(((" + DATE + ")\\s?)?" + CLOCK + ")";
        static final String DAY = "((" + DATE + ")(\\s?" + CLOCK + ")?)";
    }

    /** The rule that a field's name speaks of. */
    public static Optional<FieldRule> of(String field) {
        String name = field.replaceFirst("\\d+$", "");
        return Stream.of(values())
                .filter(rule -> rule.word().equals(name) && field.length() > name.length())
                .findFirst();
    }

    /** The name in fields and in the lists of keywords. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a value is of this kind. */
    public boolean accepts(String value) {
        return pattern.matcher(value).matches();
    }
}
