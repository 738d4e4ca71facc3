package io.miniplane.server.wechat.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.wechat.MerchantPayments;
import io.miniplane.server.wechat.PayFailure;
import io.miniplane.server.wechat.PayNotifications;
import io.netty.channel.ChannelOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Puts the client of WeChat Pay together; without the merchant's settings there are no payments. */
@Configuration(proxyBeanMethods = false)
class PayConfiguration {

    private static final Logger LOG = LogManager.getLogger(PayConfiguration.class);
    private static final int NONCE_BYTES = 16;
    private static final String ON = "miniplane.wechat.pay.merchant-id";

    /** What the clients of WeChat Pay share. */
    record Ground(
            PayHttp http,
            MerchantKeys merchant,
            PlatformKeys platform,
            PaySignatures signatures,
            PlatformCertificates.Means means,
            Supplier<String> nonces,
            PayClient.Identity identity) {}

    @Bean
    @ConditionalOnProperty(ON)
    Ground payGround(
            AppSettings app,
            WechatSettings wechat,
            PaySettings settings,
            ConnectionProvider wechatConnections,
            MeterRegistry meters,
            ObservationRegistry observations) {
        PayGuard guard = new PayGuard(settings.timeLimit(), wechat.breakerOpenFor());
        guard.bindTo(meters);
        LOG.info("Payments are on");
        return ground(
                app.appId(),
                settings,
                client(wechat, settings, wechatConnections),
                new PlatformCertificates.Means(
                        guard, new CallObservations(observations, settings.baseUrl()), settings.certificateRefresh()));
    }

    static Ground ground(String appId, PaySettings settings, WebClient client, PlatformCertificates.Means means) {
        InstantSource clock = InstantSource.system();
        Supplier<String> nonces = nonces();
        MerchantKeys merchant = settings.merchantKeys();
        String merchantId = PaySettings.set(settings.merchantId());
        String pem = settings.platformPublicKey();
        PlatformKeys platform =
                new PlatformKeys(settings.platformPublicKeyId(), pem == null ? null : PlatformKeys.publicKey(pem));
        PayHttp.Merchant who =
                new PayHttp.Merchant(merchantId, PaySettings.set(settings.certificateSerial()), merchant);
        return new Ground(
                new PayHttp(client, settings.baseUrl(), who, platform, clock, nonces),
                merchant,
                platform,
                new PaySignatures(clock),
                means,
                nonces,
                new PayClient.Identity(appId, merchantId, PaySettings.set(settings.notifyUrl())));
    }

    @Bean
    @ConditionalOnProperty(ON)
    PlatformCertificates platformCertificates(Ground ground) {
        return new PlatformCertificates(
                ground.http(), ground.merchant(), ground.platform(), ground.signatures(), ground.means());
    }

    @Bean
    @ConditionalOnProperty(ON)
    PayVerification payVerification(Ground ground, PlatformCertificates certificates) {
        return new PayVerification(ground.signatures(), ground.platform(), certificates);
    }

    @Bean
    MerchantPayments merchantPayments(ObjectProvider<Ground> grounds, ObjectProvider<PayVerification> verification) {
        Ground ground = grounds.getIfAvailable();
        return ground == null ? new NoPayments() : merchantPayments(ground, verification.getObject());
    }

    static MerchantPayments merchantPayments(Ground ground, PayVerification verification) {
        PayCalls calls = new PayCalls(
                ground.http(),
                verification,
                ground.means().guard(),
                ground.means().observations());
        return new PayClient(
                calls, ground.identity(), ground.merchant(), ground.signatures().clock(), ground.nonces());
    }

    @Bean
    PayNotifications payNotifications(ObjectProvider<Ground> grounds, ObjectProvider<PayVerification> verification) {
        Ground ground = grounds.getIfAvailable();
        return ground == null
                ? (signature, body) -> Mono.error(PayFailure.Off::new)
                : new OpenedNotifications(verification.getObject(), ground.merchant(), ground.identity());
    }

    /** Not observed by itself, and it repeats nothing by itself. */
    static WebClient client(WechatSettings wechat, PaySettings settings, ConnectionProvider connections) {
        HttpClient http = HttpClient.create(connections)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(wechat.connectTimeout().toMillis()))
                .responseTimeout(settings.timeLimit())
                .disableRetry(true);
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .build();
    }

    private static Supplier<String> nonces() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] bytes = new byte[NONCE_BYTES];
            random.nextBytes(bytes);
            return HexFormat.of().withUpperCase().formatHex(bytes);
        };
    }
}
