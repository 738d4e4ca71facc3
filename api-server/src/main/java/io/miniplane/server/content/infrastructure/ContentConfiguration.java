package io.miniplane.server.content.infrastructure;

import com.fasterxml.uuid.Generators;
import io.miniplane.server.content.application.CheckMedia;
import io.miniplane.server.content.application.CheckText;
import io.miniplane.server.content.application.Checks;
import io.miniplane.server.content.application.ReadCheck;
import io.miniplane.server.identity.UsersAtWechat;
import io.miniplane.server.platform.crypto.EncryptedTable;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.events.EventHandlers;
import io.miniplane.server.wechat.ContentChecks;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Puts the use cases together with what stands behind their ports. */
@Configuration(proxyBeanMethods = false)
class ContentConfiguration {

    @Bean
    PostgresChecks checks(DatabaseClient database, FieldCipher cipher) {
        return new PostgresChecks(database, cipher);
    }

    @Bean
    EncryptedTable encryptedContentChecks() {
        return EncryptedTable.of(PostgresChecks.TABLE, "id").column(PostgresChecks.URL);
    }

    @Bean
    EventHandlers contentHandlers(Checks checks) {
        return EventHandlers.of(new DeletedAuthors(checks));
    }

    @Bean
    CheckText checkText(UsersAtWechat users, ContentChecks wechat) {
        return new CheckText(users, wechat);
    }

    @Bean
    CheckMedia checkMedia(UsersAtWechat users, ContentChecks wechat, Checks checks) {
        return new CheckMedia(
                users, wechat, checks, Generators.timeBasedEpochRandomGenerator()::generate, Clock.systemUTC());
    }

    @Bean
    ReadCheck readCheck(Checks checks) {
        return new ReadCheck(checks);
    }
}
