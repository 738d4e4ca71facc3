package io.miniplane.server.notification.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.identity.UsersAtWechat;
import io.miniplane.server.notification.application.Occasion;
import io.miniplane.server.notification.application.TellBuyer;
import io.miniplane.server.notification.application.Template;
import io.miniplane.server.platform.events.EventHandlers;
import io.miniplane.server.wechat.SubscribeMessages;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Puts the use case together with what stands behind its ports. */
@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {

    @Bean
    PostgresTellingNotes tellingNotes(DatabaseClient database) {
        return new PostgresTellingNotes(database);
    }

    /** Without a template there is no queue, for nothing would come of it. */
    @Bean
    EventHandlers notificationHandlers(
            NotificationSettings settings,
            UsersAtWechat users,
            SubscribeMessages messages,
            PostgresTellingNotes notes,
            MeterRegistry meters) {
        Map<Occasion, Template> templates = settings.chosen();
        TellBuyer tellBuyer = new TellBuyer(templates, users, messages, notes, new TellingCounter(meters));
        return templates.isEmpty()
                ? EventHandlers.of()
                : EventHandlers.of(new BuyerNotices(
                        templates.keySet().stream().map(Occasion::type).collect(Collectors.toSet()), tellBuyer));
    }
}
