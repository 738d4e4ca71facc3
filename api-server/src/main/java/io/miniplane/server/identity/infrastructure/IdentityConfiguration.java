package io.miniplane.server.identity.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.identity.application.AccessTokens;
import io.miniplane.server.identity.application.BindPhone;
import io.miniplane.server.identity.application.DeleteAccount;
import io.miniplane.server.identity.application.EndSession;
import io.miniplane.server.identity.application.EndedSessions;
import io.miniplane.server.identity.application.OwnSessions;
import io.miniplane.server.identity.application.ReadProfile;
import io.miniplane.server.identity.application.RefreshSession;
import io.miniplane.server.identity.application.SessionRules;
import io.miniplane.server.identity.application.Sessions;
import io.miniplane.server.identity.application.UpdateProfile;
import io.miniplane.server.identity.application.Users;
import io.miniplane.server.identity.application.VerifyProfile;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.crypto.BlindIndex;
import io.miniplane.server.platform.crypto.EncryptedTable;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.crypto.Keysets;
import io.miniplane.server.platform.events.Outbox;
import io.miniplane.server.platform.security.TokenLifetime;
import io.miniplane.server.wechat.UserDataRule;
import io.miniplane.server.wechat.WechatPhone;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Puts the use cases together with what stands behind their ports. */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

    @Bean
    PostgresUsers users(DatabaseClient database, FieldCipher cipher, BlindIndex index, Outbox outbox) {
        return new PostgresUsers(database, cipher, index, outbox);
    }

    @Bean
    PostgresSessions sessions(DatabaseClient database, FieldCipher cipher, SessionRules rules) {
        return new PostgresSessions(database, cipher, rules);
    }

    @Bean
    SessionSweeper sessionSweeper(DatabaseClient database, IdentitySettings settings) {
        return new SessionSweeper(database, settings.keepEndedSessions());
    }

    @Bean
    EncryptedTable encryptedUsers() {
        return EncryptedTable.of("users", "id")
                .column("nickname")
                .column("avatar_url")
                .indexed("phone", "phone_index");
    }

    @Bean
    EncryptedTable encryptedSessions() {
        return EncryptedTable.of("sessions", "id").column("session_key");
    }

    @Bean
    SignedAccessTokens accessTokens(Keysets keysets, AppSettings app, IdentitySettings settings) {
        return new SignedAccessTokens(
                keysets::tokenKeys, settings.issuer(), app.appId(), settings.accessTokenLifetime(), Clock.systemUTC());
    }

    @Bean
    TokenLifetime tokenLifetime(IdentitySettings settings) {
        return new TokenLifetime(settings.accessTokenLifetime());
    }

    @Bean
    EndedSessionSet endedSessions(IdentitySettings settings) {
        return new EndedSessionSet(settings.accessTokenLifetime());
    }

    @Bean
    RevocationWatch revocationWatch(
            PostgresSessions sessions,
            EndedSessionSet ended,
            IdentitySettings settings,
            MeterRegistry meters,
            AppSettings app) {
        return new RevocationWatch(sessions, ended, settings, meters, app.role().serves());
    }

    @Bean
    VerifiedTokens verifiedTokens(
            SignedAccessTokens tokens, Keysets keysets, EndedSessionSet ended, IdentitySettings settings) {
        return new VerifiedTokens(
                tokens, keysets::tokenKeys, ended, settings.verifiedTokens(), settings.accessTokenLifetime());
    }

    @Bean
    RefreshSession refreshSession(
            Sessions sessions, EndedSessions ended, AccessTokens tokens, IdentitySettings settings) {
        return new RefreshSession(sessions, ended, tokens, settings.refreshTokenLifetime());
    }

    @Bean
    EndSession endSession(AccessTokens tokens, Sessions sessions, EndedSessions ended) {
        return new EndSession(tokens, sessions, ended);
    }

    @Bean
    ReadProfile readProfile(Users users) {
        return new ReadProfile(users);
    }

    @Bean
    UpdateProfile updateProfile(Users users) {
        return new UpdateProfile(users);
    }

    @Bean
    UserDataRule userDataRule(AppSettings app, UserDataSettings settings) {
        return new UserDataRule(app.appId(), settings.maxAge(), settings.clockSkew(), InstantSource.system());
    }

    @Bean
    BindPhone bindPhone(WechatPhone wechat, UserDataRule rule, Sessions sessions, Users users) {
        return new BindPhone(wechat, rule, sessions, users);
    }

    @Bean
    VerifyProfile verifyProfile(UserDataRule rule, Sessions sessions, Users users) {
        return new VerifyProfile(rule, sessions, users);
    }

    @Bean
    OwnSessions ownSessions(Sessions sessions, EndedSessions ended) {
        return new OwnSessions(sessions, ended);
    }

    @Bean
    DeleteAccount deleteAccount(Users users, EndedSessions ended) {
        return new DeleteAccount(users, ended);
    }
}
