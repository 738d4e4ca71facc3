package io.miniplane.simulator.pay;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.Endpoint;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.pay.Trades.Refunded;
import io.miniplane.simulator.security.KeyMaker;
import io.miniplane.simulator.world.World;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls of WeChat Pay: verified, answered from memory, and signed. */
public final class PayApi implements Endpoint {

    private static final String TRADE = "/v3/pay/transactions/out-trade-no/{out_trade_no}";
    private static final String REFUNDS = "/v3/refund/domestic/refunds";

    private final World world;
    private final Payments payments;
    private final AnswerSigner signer;
    private final List<Operation> operations = List.of(
            new Operation("POST", "/v3/pay/transactions/jsapi", this::prepay),
            new Operation("GET", TRADE, this::queryTrade),
            new Operation("GET", "/v3/pay/transactions/id/{transaction_id}", this::queryTransaction),
            new Operation("POST", TRADE + "/close", this::close),
            new Operation("POST", REFUNDS, this::refund),
            new Operation("GET", REFUNDS + "/{out_refund_no}", this::queryRefund),
            new Operation("GET", "/v3/certificates", this::certificates));

    /** The calls about these payments. */
    public PayApi(World world, Payments payments) {
        this.world = world;
        this.payments = payments;
        this.signer = new AnswerSigner(payments);
    }

    /** Adds the routes. */
    public void register(ApiRoutes routes) {
        routes.registerBelow("/v3/", this);
    }

    @Override
    public String name(Call call) {
        return operations.stream()
                .filter(operation -> operation.answers(call))
                .map(Operation::template)
                .findFirst()
                .orElse("/v3/");
    }

    @Override
    public Reply answer(Call call) {
        return finished(call, verified(call));
    }

    @Override
    public Reply finished(Call call, Reply reply) {
        return signer.signed(call, reply);
    }

    private Reply verified(Call call) {
        try {
            Authorization authorization = Authorization.of(call);
            Merchant merchant = payments.merchant();
            if (!authorization.merchantId().equals(merchant.id())) {
                throw new PayRefusal(PayCode.MCH_NOT_EXISTS, "There is no merchant of this mchid");
            }
            authorization.verify(merchant, call, world.clock().instant(), Instant.now());
            signer.requireKnownKey(call);
            return operations.stream()
                    .filter(operation -> operation.answers(call))
                    .findFirst()
                    .orElseThrow(() -> new PayRefusal(PayCode.RESOURCE_NOT_EXISTS, "Nothing answers this call"))
                    .answer(call);
        } catch (PayRefusal refusal) {
            return refusal.reply();
        }
    }

    private Reply prepay(Call call, String none) {
        Prepay asked = PrepayForm.read(world, payments.merchant(), call);
        return Reply.ok(Json.object().put("prepay_id", payments.trades().prepay(asked)));
    }

    private Reply queryTrade(Call call, String outTradeNo) {
        String merchantId = merchant(call);
        return payments.trades()
                .find(merchantId, outTradeNo)
                .map(PayJson::transaction)
                .map(Reply::ok)
                .orElseThrow(PayApi::unknownOrder);
    }

    private Reply queryTransaction(Call call, String transactionId) {
        String merchantId = merchant(call);
        return payments.trades()
                .ofTransaction(merchantId, transactionId)
                .map(PayJson::transaction)
                .map(Reply::ok)
                .orElseThrow(PayApi::unknownOrder);
    }

    private Reply close(Call call, String outTradeNo) {
        PrepayForm.requireMerchant(Fields.of(call), payments.merchant());
        payments.trades().close(payments.merchant().id(), outTradeNo);
        return new Reply(204, "ok", "");
    }

    private Reply refund(Call call, String none) {
        RefundForm form = RefundForm.of(call);
        Refunded refunded = payments.trades().refund(payments.merchant().id(), form);
        return Reply.ok(PayJson.refund(refunded))
                .after(() -> payments.refundUnderWay(refunded.refund().outRefundNo()));
    }

    private Reply queryRefund(Call call, String outRefundNo) {
        return payments.trades()
                .findRefund(payments.merchant().id(), outRefundNo)
                .map(PayJson::refund)
                .map(Reply::ok)
                .orElseThrow(() -> new PayRefusal(PayCode.RESOURCE_NOT_EXISTS, "There is no such refund"));
    }

    private Reply certificates(Call call, String none) {
        if (payments.keys().mode() == PayMode.PUBLIC_KEY) {
            throw new PayRefusal(PayCode.RESOURCE_NOT_EXISTS, "There is no platform certificate for this merchant");
        }
        ObjectNode told = Json.object();
        ArrayNode data = told.putArray("data");
        payments.keys().certificates().forEach(key -> data.add(certificate(key)));
        return Reply.ok(told);
    }

    private JsonNode certificate(PayKey key) {
        X509Certificate certificate = Objects.requireNonNull(key.certificate());
        ObjectNode told = Json.object()
                .put("serial_no", key.id())
                .put("effective_time", PayJson.time(certificate.getNotBefore().toInstant()))
                .put("expire_time", PayJson.time(certificate.getNotAfter().toInstant()));
        told.set(
                "encrypt_certificate",
                SealedResource.seal(payments.merchant().apiV3Key(), pem(certificate), "certificate"));
        return told;
    }

    static String pem(X509Certificate certificate) {
        try {
            return KeyMaker.pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("A certificate of our own making is malformed", impossible);
        }
    }

    /** Queries name the merchant once more. */
    private String merchant(Call call) {
        String named = call.query().getOrDefault("mchid", "");
        if (!named.equals(payments.merchant().id())) {
            throw new PayRefusal(PayCode.PARAM_ERROR, "The mchid is not the merchant who signed the call");
        }
        return named;
    }

    private static PayRefusal unknownOrder() {
        return new PayRefusal(PayCode.ORDER_NOT_EXIST, "There is no such order");
    }
}
