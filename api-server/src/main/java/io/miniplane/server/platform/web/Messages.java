package io.miniplane.server.platform.web;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Reason;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import org.springframework.http.HttpHeaders;

/** The sentences of the error codes, in simplified Chinese and English. */
final class Messages {

    private static final String BUNDLE = "messages";
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    /** Characters; the time to read a list grows with the square of its length. */
    private static final int LONGEST_LIST = 256;

    private Messages() {}

    /** The first language of {@code Accept-Language} that we speak; English where there is none. */
    static Locale language(HttpHeaders headers) {
        return accepted(headers).stream()
                .map(Messages::spoken)
                .filter(locale -> !locale.equals(Locale.ROOT))
                .findFirst()
                .orElse(Locale.ENGLISH);
    }

    /** The sentence of a code, with its arguments filled in. */
    static String sentence(ErrorCode code, List<Object> arguments, Locale language) {
        return format(bundle(language), code.messageKey(), arguments);
    }

    private static List<Locale> accepted(HttpHeaders headers) {
        String asked = String.join(",", headers.getOrEmpty(HttpHeaders.ACCEPT_LANGUAGE));
        if (asked.length() > LONGEST_LIST) {
            return List.of();
        }
        try {
            return headers.getAcceptLanguageAsLocales();
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
    }

    private static Locale spoken(Locale locale) {
        return switch (locale.getLanguage()) {
            case "zh" -> Locale.SIMPLIFIED_CHINESE;
            case "en" -> Locale.ENGLISH;
            default -> Locale.ROOT;
        };
    }

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(BUNDLE, language, NO_FALLBACK);
    }

    private static String format(ResourceBundle bundle, String key, List<Object> arguments) {
        if (!bundle.containsKey(key)) {
            return key;
        }
        Object[] texts =
                arguments.stream().map(argument -> text(bundle, argument)).toArray();
        return new MessageFormat(bundle.getString(key), bundle.getLocale()).format(texts);
    }

    private static String text(ResourceBundle bundle, Object argument) {
        return argument instanceof Reason reason
                ? format(bundle, "reason." + reason.key(), reason.arguments())
                : argument.toString();
    }
}
