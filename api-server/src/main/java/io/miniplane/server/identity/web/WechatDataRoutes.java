package io.miniplane.server.identity.web;

import io.miniplane.server.identity.application.BindPhone;
import io.miniplane.server.identity.application.VerifyProfile;
import io.miniplane.server.identity.domain.User;
import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.JsonBodies;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What WeChat vouches for in a user's own account: the phone number and the profile. */
@Configuration(proxyBeanMethods = false)
class WechatDataRoutes {

    private static final String PHONE = "/api/v1/users/me/phone";
    private static final String PROFILE = "/api/v1/users/me/profile";

    @Bean
    RouteAccess wechatDataAccess() {
        return RouteAccess.of(
                RouteAccess.only(HttpMethod.PUT, PHONE, Role.USER),
                RouteAccess.only(HttpMethod.DELETE, PHONE, Role.USER),
                RouteAccess.only(HttpMethod.POST, PROFILE, Role.USER));
    }

    @Bean
    RouterFunction<ServerResponse> ownPhoneRoutes(BindPhone bindPhone, JsonBodies bodies) {
        return RouterFunctions.route()
                .PUT(
                        PHONE,
                        request ->
                                answer(bodies.read(request, PhoneRequest.class).flatMap(body -> bind(body, bindPhone))))
                .DELETE(
                        PHONE,
                        request -> answer(Caller.currentUser().flatMap(caller -> bindPhone.unbind(caller.userId()))))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> profileVerificationRoute(VerifyProfile verifyProfile, JsonBodies bodies) {
        return RouterFunctions.route()
                .POST(
                        PROFILE,
                        request -> answer(bodies.read(request, VerificationRequest.class)
                                .flatMap(body -> Caller.currentUser()
                                        .flatMap(caller ->
                                                verifyProfile.verify(caller, body.signed(), body.encrypted())))))
                .build();
    }

    private static Mono<User> bind(PhoneRequest body, BindPhone bindPhone) {
        return Caller.currentUser()
                .flatMap(caller -> body.data()
                        .map(data -> bindPhone.byData(caller, data))
                        .orElseGet(() -> bindPhone.byCode(caller, String.valueOf(body.code()))));
    }

    private static Mono<ServerResponse> answer(Mono<User> user) {
        return user.map(UserBody::of).flatMap(Answers::ok);
    }
}
