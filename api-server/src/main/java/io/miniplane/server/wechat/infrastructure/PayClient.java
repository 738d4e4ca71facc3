package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.MerchantPayments;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Payments at WeChat Pay. */
final class PayClient implements MerchantPayments {

    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final String TRANSACTIONS = "/v3/pay/transactions/";
    private static final String REFUNDS = "/v3/refund/domestic/refunds";
    private static final String NUMBER = "[0-9A-Za-z_*|-]{1,64}";

    private final PayCalls calls;
    private final Identity identity;
    private final MerchantKeys keys;
    private final InstantSource clock;
    private final Supplier<String> nonces;

    /**
     * Whose payments they are.
     *
     * @param appId the mini-program
     * @param merchantId the merchant
     * @param notifyUrl where notifications go
     */
    record Identity(String appId, String merchantId, String notifyUrl) {}

    PayClient(PayCalls calls, Identity identity, MerchantKeys keys, InstantSource clock, Supplier<String> nonces) {
        this.calls = calls;
        this.identity = identity;
        this.keys = keys;
        this.clock = clock;
        this.nonces = nonces;
    }

    @Override
    public Mono<Invitation> prepay(Prepayment payment) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("appid", identity.appId());
        fields.put("mchid", identity.merchantId());
        fields.put("description", payment.description());
        fields.put("out_trade_no", payment.number());
        fields.put(
                "time_expire",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        payment.expires().truncatedTo(ChronoUnit.SECONDS).atOffset(CHINA)));
        fields.put("notify_url", identity.notifyUrl());
        fields.put("amount", Map.of("total", payment.total(), "currency", "CNY"));
        fields.put("payer", Map.of("openid", payment.openId()));
        return calls.send(PayRequest.post("pay_prepay", TRANSACTIONS + "jsapi", fields), PayClient::prepayId)
                .publishOn(Schedulers.boundedElastic())
                .map(this::invitation);
    }

    @Override
    public Mono<Transaction> query(String number) {
        String path = byNumber(number) + "?mchid=" + identity.merchantId();
        return calls.send(PayRequest.get("pay_query", path), PayTexts::transaction);
    }

    @Override
    public Mono<Void> close(String number) {
        return calls.send(
                PayRequest.post("pay_close", byNumber(number) + "/close", Map.of("mchid", identity.merchantId())));
    }

    @Override
    public Mono<Refund> refund(RefundOrder order) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("out_trade_no", order.payment());
        fields.put("out_refund_no", order.number());
        if (order.reason() != null) {
            fields.put("reason", order.reason());
        }
        fields.put("notify_url", identity.notifyUrl());
        fields.put("amount", Map.of("refund", order.amount(), "total", order.total(), "currency", "CNY"));
        return calls.send(PayRequest.post("pay_refund", REFUNDS, fields), PayClient::refund);
    }

    @Override
    public Mono<Refund> refundOf(String number) {
        return calls.send(PayRequest.get("pay_refund_query", REFUNDS + "/" + safe(number)), PayClient::refund);
    }

    private Invitation invitation(String prepayId) {
        String timeStamp = Long.toString(clock.instant().getEpochSecond());
        String nonce = nonces.get();
        String packageValue = "prepay_id=" + prepayId;
        return new Invitation(
                timeStamp, nonce, packageValue, "RSA", keys.sign(identity.appId(), timeStamp, nonce, packageValue));
    }

    private static String prepayId(JsonNode told) {
        return PayTexts.text(told, "prepay_id");
    }

    private static Refund refund(JsonNode told) {
        return PayTexts.refund(told, "status");
    }

    private static String byNumber(String number) {
        return TRANSACTIONS + "out-trade-no/" + safe(number);
    }

    /** Numbers become part of an address that is signed as it is sent. */
    private static String safe(String number) {
        if (!number.matches(NUMBER) || number.contains("|")) {
            throw new IllegalArgumentException("Not a number that an address can hold");
        }
        return number;
    }
}
