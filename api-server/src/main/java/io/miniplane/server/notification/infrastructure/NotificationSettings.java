package io.miniplane.server.notification.infrastructure;

import io.miniplane.server.notification.application.Occasion;
import io.miniplane.server.notification.application.Template;
import io.miniplane.server.notification.application.Wording;
import io.miniplane.server.wechat.AppVersion;
import io.miniplane.server.wechat.SubscribeMessages.Language;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What buyers are told by subscribe messages.
 *
 * @param templates what is told of {@code confirmed}, {@code paid}, {@code shipped}, {@code cancelled} and {@code refunded} orders; of what has none
 *     nobody is told
 * @param version the version of the mini-program that a tap opens
 * @param language the language of what WeChat adds to messages
 */
@Validated
@ConfigurationProperties("miniplane.notifications")
record NotificationSettings(
        @DefaultValue Map<Occasion, @Valid TemplateSettings> templates,
        @DefaultValue("release") AppVersion version,
        @DefaultValue("zh-cn") Language language) {

    private static final String FIELDS =
            "name only fields that the event has: {order}, {number} and {time}; {amount} of all but shipped orders,"
                    + " {transaction} of paid, {carrier} and {tracking} of shipped, {reason} of cancelled ones";

    /** Property names lose the underscores of these kinds of keywords. */
    private static final Map<String, String> UNDERSCORED =
            Map.of("characterstring", "character_string", "phonenumber", "phone_number", "carnumber", "car_number");

    /**
     * One template.
     *
     * @param id the id of the template as the mini-program added it
     * @param page the page that a tap opens, with its query; absent for none
     * @param keywords what each keyword of the template says, such as {@code thing1}
     */
    record TemplateSettings(
            @NotBlank(message = "set it to the id of a template that the mini-program has added")
            String id,

            @Nullable String page,

            @NotEmpty(message = "set each keyword of the template, such as thing1, to what it says")
            Map<String, String> keywords) {

        private Stream<String> fields() {
            return Stream.concat(keywords.values().stream(), Stream.ofNullable(page))
                    .flatMap(Wording::fields);
        }
    }

    /** Whether every field in a text is one that its event has. */
    @AssertTrue(message = FIELDS)
    boolean isTemplates() {
        return templates.entrySet().stream()
                .allMatch(entry -> entry.getValue() == null
                        || entry.getValue().keywords() == null
                        || entry.getValue().fields().allMatch(entry.getKey()::has));
    }

    Map<Occasion, Template> chosen() {
        return templates.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> template(entry.getValue())));
    }

    private Template template(TemplateSettings settings) {
        Map<String, String> keywords = settings.keywords().entrySet().stream()
                .collect(Collectors.toMap(entry -> keyword(entry.getKey()), Map.Entry::getValue));
        return new Template(settings.id(), settings.page(), keywords, version, language);
    }

    private static String keyword(String name) {
        String kind = name.replaceAll("[0-9]+$", "");
        return UNDERSCORED.getOrDefault(kind, kind) + name.substring(kind.length());
    }
}
