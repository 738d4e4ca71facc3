package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.application.DeleteAccount;
import io.miniplane.server.identity.application.DeleteRevokedAccount;
import io.miniplane.server.wechat.PushHandler;
import io.miniplane.server.wechat.PushMessage.UserAuthorizationCancellation;
import io.miniplane.server.wechat.PushMessage.UserAuthorizationRevoke;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Puts together what happens when WeChat says that a user's data has to go. */
@Configuration(proxyBeanMethods = false)
class RevocationConfiguration {

    @Bean
    DeleteRevokedAccount deleteRevokedAccount(DatabaseClient database, DeleteAccount deleteAccount) {
        return new DeleteRevokedAccount(new PostgresOpenIds(database), deleteAccount);
    }

    @Bean
    PushHandler<UserAuthorizationRevoke> authorizationRevoked(DeleteRevokedAccount deleteAccount) {
        return new RevocationHandler<>(
                "account-revoked", UserAuthorizationRevoke.class, UserAuthorizationRevoke::openId, deleteAccount);
    }

    @Bean
    PushHandler<UserAuthorizationCancellation> authorizationCancelled(DeleteRevokedAccount deleteAccount) {
        return new RevocationHandler<>(
                "account-cancelled",
                UserAuthorizationCancellation.class,
                UserAuthorizationCancellation::openId,
                deleteAccount);
    }
}
