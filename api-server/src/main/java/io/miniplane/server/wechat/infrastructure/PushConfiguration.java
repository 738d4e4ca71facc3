package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.events.EventHandler;
import io.miniplane.server.platform.events.EventHandlers;
import io.miniplane.server.platform.events.Outbox;
import io.miniplane.server.wechat.PushForwarder;
import io.miniplane.server.wechat.PushHandler;
import io.miniplane.server.wechat.application.PushCipher;
import io.miniplane.server.wechat.application.PushRules;
import io.miniplane.server.wechat.application.ReceivePush;
import io.miniplane.server.wechat.domain.PushKind;
import io.miniplane.server.wechat.domain.PushSignature;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Puts the receiving of pushes together; without a token there is none. */
@Configuration(proxyBeanMethods = false)
class PushConfiguration {

    private static final Logger LOG = LogManager.getLogger(PushConfiguration.class);

    @Bean
    EventHandlers pushHandlers(ObjectProvider<PushHandler<?>> handlers, ObjectProvider<PushForwarder> forwarders) {
        return new EventHandlers(
                Stream.<EventHandler>concat(handled(handlers).stream(), forwarded(forwarders, handlers).stream())
                        .toList());
    }

    @Bean
    @ConditionalOnProperty("miniplane.wechat.message-push.token")
    PostgresPushRecords pushRecords(
            DatabaseClient database, R2dbcConnectionDetails connection, Outbox outbox, PushSettings settings) {
        return new PostgresPushRecords(database, connection.getConnectionFactoryOptions(), outbox, settings.remember());
    }

    @Bean
    @ConditionalOnProperty("miniplane.wechat.message-push.token")
    ReceivePush receivePush(
            AppSettings app,
            PushSettings settings,
            PostgresPushRecords records,
            ObjectProvider<PushHandler<?>> handlers,
            ObjectProvider<PushForwarder> forwarders) {
        Set<PushKind> wanted = Stream.concat(
                        kinds(handled(handlers)).stream(),
                        forwarded(forwarders, handlers).stream().flatMap(forwarded -> forwarded.kinds().stream()))
                .collect(Collectors.toUnmodifiableSet());
        LOG.info("WeChat may push messages: {}", settings);
        return new ReceivePush(rules(app, settings), new ReadPushBodies(), records, wanted, InstantSource.system());
    }

    private static PushRules rules(AppSettings app, PushSettings settings) {
        String key = settings.encodingAesKey();
        return new PushRules(
                new PushSignature(String.valueOf(settings.token())),
                key == null ? null : new PushCipher(key, app.appId(), new SecureRandom()),
                settings.mode() == PushSettings.Mode.SAFE,
                settings.maxSkew());
    }

    private static List<HandledPush<?>> handled(ObjectProvider<PushHandler<?>> handlers) {
        return handlers.orderedStream().<HandledPush<?>>map(HandledPush::new).toList();
    }

    private static List<ForwardedPush> forwarded(
            ObjectProvider<PushForwarder> forwarders, ObjectProvider<PushHandler<?>> handlers) {
        Set<PushKind> kinds = kinds(handled(handlers));
        return forwarders
                .orderedStream()
                .map(forwarder -> ForwardedPush.of(forwarder, kinds))
                .toList();
    }

    private static Set<PushKind> kinds(List<HandledPush<?>> handled) {
        return handled.stream().flatMap(handler -> handler.kinds().stream()).collect(Collectors.toUnmodifiableSet());
    }
}
