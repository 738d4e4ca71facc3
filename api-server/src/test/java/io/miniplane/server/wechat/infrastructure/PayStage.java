package io.miniplane.server.wechat.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.wechat.MerchantPayments;
import io.miniplane.server.wechat.MerchantPayments.Prepayment;
import io.miniplane.server.wechat.PayFailure;
import io.miniplane.server.wechat.PayNotifications;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.WechatSimulator;
import io.miniplane.simulator.pay.Payments;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

/** The client of WeChat Pay, and a simulated WeChat Pay. */
final class PayStage implements AutoCloseable {

    static final String NOTIFY = "http://127.0.0.1:9/api/v1/wechat/pay/notifications";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final WechatSimulator simulator = WechatSimulator.start(SimulatorOptions.trial());
    final Payments payments = simulator.control().payments();
    final MeterRegistry meters = new SimpleMeterRegistry();
    private final ConnectionProvider connections = ConnectionProvider.create("pay", 16);

    /** A client, with its certificates. */
    record Client(MerchantPayments payments, PayNotifications notifications, PlatformCertificates certificates) {}

    /** Settings of the simulated merchant, with or without the public key. */
    PaySettings settings(boolean hasPublicKey) {
        return settings(
                simulator.baseUri().toString(),
                hasPublicKey ? payments.keys().publicKeyPem() : null,
                payments.merchant().apiV3Key());
    }

    PaySettings settings(String baseUrl, @Nullable String publicKey, String apiV3Key) {
        return new PaySettings(
                baseUrl,
                payments.merchant().id(),
                payments.merchant().certificateSerial(),
                payments.merchant().privateKeyPem(),
                apiV3Key,
                publicKey,
                publicKey == null ? null : payments.keys().publicKeyId(),
                NOTIFY,
                Duration.ofSeconds(3),
                Duration.ofHours(12));
    }

    Client client(PaySettings settings) {
        WechatSettings wechat = WechatStage.settings(settings.baseUrl(), Duration.ofSeconds(3), 64);
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        PayGuard guard = new PayGuard(settings.timeLimit(), Duration.ofMillis(300));
        PayConfiguration.Ground ground = PayConfiguration.ground(
                WechatStage.APP,
                settings,
                PayConfiguration.client(wechat, settings, connections),
                new PlatformCertificates.Means(
                        guard, new CallObservations(observations, settings.baseUrl()), settings.certificateRefresh()));
        PayConfiguration configuration = new PayConfiguration();
        PlatformCertificates certificates = configuration.platformCertificates(ground);
        PayVerification verification = configuration.payVerification(ground, certificates);
        return new Client(
                PayConfiguration.merchantPayments(ground, verification),
                new OpenedNotifications(verification, ground.merchant(), ground.identity()),
                certificates);
    }

    Prepayment payment() {
        return new Prepayment(
                UUID.randomUUID().toString().replace("-", ""),
                "龙井茶 等 3 件",
                2500,
                Instant.now().plus(Duration.ofMinutes(30)),
                simulator.control().newUser().openId());
    }

    double calls(String api, String outcome) {
        return meters.get("miniplane.wechat.request")
                .tags("api", api, "outcome", outcome)
                .timer()
                .count();
    }

    static <T> T result(Mono<T> mono) {
        return mono.block(PATIENCE);
    }

    /** What a call fails with. */
    static PayFailure failure(Mono<?> mono) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        mono.then()
                .onErrorResume(failure -> {
                    thrown.set(failure);
                    return Mono.empty();
                })
                .block(PATIENCE);
        if (thrown.get() instanceof PayFailure failure) {
            return failure;
        }
        throw new AssertionError("A PayFailure was expected", thrown.get());
    }

    @Override
    public void close() {
        connections.dispose();
        simulator.close();
    }
}
