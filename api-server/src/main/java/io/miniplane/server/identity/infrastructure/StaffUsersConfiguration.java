package io.miniplane.server.identity.infrastructure;

import com.fasterxml.uuid.Generators;
import io.miniplane.server.identity.application.AddUser;
import io.miniplane.server.identity.application.BrowseUsers;
import io.miniplane.server.identity.application.DeleteUser;
import io.miniplane.server.identity.application.EndedSessions;
import io.miniplane.server.identity.application.KnownUsers;
import io.miniplane.server.identity.application.ReadUser;
import io.miniplane.server.identity.application.ReplaceProfile;
import io.miniplane.server.identity.application.Users;
import io.miniplane.server.platform.crypto.BlindIndex;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.events.Outbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Puts together what staff can do with users. */
@Configuration(proxyBeanMethods = false)
class StaffUsersConfiguration {

    @Bean
    KnownUsers knownUsers(DatabaseClient database, FieldCipher cipher, BlindIndex index, Outbox outbox) {
        return new PostgresKnownUsers(database, cipher, index, outbox);
    }

    @Bean
    BrowseUsers browseUsers(KnownUsers users) {
        return new BrowseUsers(users);
    }

    @Bean
    ReadUser readUser(KnownUsers users) {
        return new ReadUser(users);
    }

    @Bean
    AddUser addUser(KnownUsers users) {
        return new AddUser(users, Generators.timeBasedEpochRandomGenerator()::generate);
    }

    @Bean
    ReplaceProfile replaceProfile(KnownUsers users) {
        return new ReplaceProfile(users);
    }

    @Bean
    DeleteUser deleteUser(KnownUsers known, Users users, EndedSessions ended) {
        return new DeleteUser(known, users, ended);
    }
}
