package io.miniplane.server.stage;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;

/** How Spring Authorization Server is set up as the company's issuer; unmarked, lest the servers under test find it. */
@EnableWebSecurity
class StaffIssuerConfiguration {

    @Bean
    SecurityFilterChain issuerChain(HttpSecurity http) {
        return http.with(new OAuth2AuthorizationServerConfigurer(), server -> server.oidc(Customizer.withDefaults()))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .formLogin(Customizer.withDefaults())
                .csrf(csrf -> csrf.ignoringRequestMatchers("/login"))
                .build();
    }

    @Bean
    AuthorizationServerSettings settings() {
        return AuthorizationServerSettings.builder().build();
    }

    @Bean
    JWKSource<SecurityContext> publishedKeys(StaffIssuer issuer) {
        return (selector, context) -> selector.select(issuer.published());
    }

    @Bean
    JwtDecoder ownTokens(JWKSource<SecurityContext> publishedKeys) {
        return OAuth2AuthorizationServerConfiguration.jwtDecoder(publishedKeys);
    }

    @Bean
    JwtEncoder signer(StaffIssuer issuer) {
        return new NimbusJwtEncoder((selector, context) -> selector.select(new JWKSet(issuer.signingKey())));
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> tokens(StaffIssuer issuer) {
        return context -> {
            context.getJwsHeader()
                    .algorithm(SignatureAlgorithm.from(
                            issuer.signingKey().getAlgorithm().getName()));
            if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
                context.getClaims().audience(List.of(StaffIssuer.AUDIENCE));
                issuer.describe(context.getPrincipal().getName(), context.getClaims());
            }
        };
    }

    @Bean
    UserDetailsService people() {
        return name -> User.withUsername(name)
                .password("{noop}" + StaffIssuer.SECRET)
                .roles("STAFF")
                .build();
    }

    @Bean
    RegisteredClientRepository clients() {
        return new RegisteredClientRepository() {
            // Called to keep the secret as a better hash, which a test does without.
            @Override
            public void save(RegisteredClient client) {}

            @Override
            public @Nullable RegisteredClient findById(String id) {
                return client(id);
            }

            @Override
            public @Nullable RegisteredClient findByClientId(String clientId) {
                return client(clientId);
            }
        };
    }

    private static RegisteredClient client(String id) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret("{noop}" + StaffIssuer.SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("http://localhost:9/callback")
                .scope(OidcScopes.OPENID)
                .clientSettings(ClientSettings.builder().requireProofKey(false).build())
                .build();
    }
}
