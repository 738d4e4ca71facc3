package io.miniplane.simulator.pay;

import io.miniplane.simulator.pay.Trades.Refunded;
import io.miniplane.simulator.world.World;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** WeChat Pay as tests and people move it: users pay, notifications go astray, refunds end. Its methods never block. */
public final class Payments implements AutoCloseable {

    private static final Duration REFUND_TAKES = Duration.ofSeconds(1);

    private final Trades trades;
    private final Notices notices;
    private final PayKeys keys;
    private final SignedHeaders headers = new SignedHeaders();
    private final Deque<AnswerFault> answerFaults = new ArrayDeque<>();
    private final Deque<Refund.Status> refundEnds = new ArrayDeque<>();

    private volatile Duration refundTakes = REFUND_TAKES;
    private @Nullable Merchant merchant;

    /** Payments in this world, whose notifications are carried by these event loops. */
    public Payments(World world, LoopResources loops) {
        this.trades = new Trades(world);
        this.notices = new Notices(world.clock(), loops);
        this.keys = new PayKeys(world.clock());
    }

    /**
     * What {@code wx.requestPayment} gets from the app.
     *
     * @param appId the app
     * @param timeStamp in seconds
     * @param nonceStr any text
     * @param packageText {@code prepay_id=…}
     * @param signType {@code RSA}
     * @param paySign the merchant's signature in base64
     */
    public record PayRequest(
            String appId, String timeStamp, String nonceStr, String packageText, String signType, String paySign) {

        private static final String PREFIX = "prepay_id=";

        private String verifiedPrepayId(Merchant merchant) {
            if (!signType.equals("RSA")) {
                throw new IllegalArgumentException("The signType is RSA.");
            }
            if (!packageText.startsWith(PREFIX)) {
                throw new IllegalArgumentException("The package is prepay_id= and the prepay_id.");
            }
            String message = RsaSignature.message(appId, timeStamp, nonceStr, packageText);
            if (!RsaSignature.verifies(merchant.keys().getPublic(), message, paySign)) {
                throw new IllegalArgumentException("The paySign is not the merchant's for these parameters.");
            }
            return packageText.substring(PREFIX.length());
        }
    }

    /** The merchant, made when first asked for. */
    public synchronized Merchant merchant() {
        if (merchant == null) {
            merchant = Merchant.trial();
        }
        return merchant;
    }

    /** Has this merchant from now on, to whom WeChat Pay is known by this public key. */
    public synchronized void use(Merchant known, String publicKeyId, KeyPair publicKey) {
        merchant = known;
        keys.use(PayKey.bare(publicKeyId, publicKey));
    }

    /** By what merchants know WeChat Pay. */
    public PayKeys keys() {
        return keys;
    }

    /** The platform certificate that signs now, as PEM. */
    public String certificatePem() {
        return PayApi.pem(keys.certificate());
    }

    /**
     * Lets the user pay, and notifies the merchant.
     *
     * @throws IllegalArgumentException when the prepay_id is unknown or over, or the order paid or closed
     */
    public Trade pay(String prepayId) {
        Trade paid = trades.pay(prepayId);
        var _ = notifying(NoticeText.paid(paid), notices.nextDisturbance());
        return paid;
    }

    /**
     * Lets the user pay by what the app gives {@code wx.requestPayment}, and notifies the merchant.
     *
     * @throws IllegalArgumentException also when the signature is wrong, or the appId is not that of the order
     */
    public Trade pay(PayRequest request) {
        String prepayId = request.verifiedPrepayId(merchant());
        boolean ofApp = trades.all().stream()
                .filter(trade -> trade.prepayId().equals(prepayId))
                .allMatch(trade -> trade.prepay().appId().equals(request.appId()));
        if (!ofApp) {
            throw new IllegalArgumentException("The appId is not that of the order.");
        }
        return pay(prepayId);
    }

    /**
     * Lets the user pay an order of the merchant by its newest prepay_id, and notifies the merchant.
     *
     * @throws IllegalArgumentException as {@link #pay(String)}, and when there is no such order
     */
    public Trade payOrder(String outTradeNo) {
        return pay(known(outTradeNo).prepayId());
    }

    /**
     * Lets the user begin to pay, or the bank refuse; the order can be paid still.
     *
     * @throws IllegalArgumentException as {@link #payOrder(String)}
     */
    public Trade stopAt(String outTradeNo, boolean refused) {
        TradeState state = refused ? TradeState.PAYERROR : TradeState.USERPAYING;
        return trades.stopAt(known(outTradeNo).prepayId(), state);
    }

    /** An order of the merchant. */
    public Optional<Trade> trade(String outTradeNo) {
        return trades.find(merchant().id(), outTradeNo);
    }

    /** All orders, the newest first. */
    public List<Trade> all() {
        return trades.all().reversed();
    }

    /**
     * Notifies the merchant of a paid order once more, as a notification of its own.
     *
     * @param fault what is wrong with every delivery of it, or null for nothing
     * @return the notification when its last delivery is over
     * @throws IllegalArgumentException when the order is not paid
     */
    public CompletableFuture<Notice> notifyAgain(String outTradeNo, @Nullable NoticeFault fault) {
        Trade trade = known(outTradeNo);
        if (!trade.state().isPaid()) {
            throw new IllegalArgumentException("This order is not paid.");
        }
        return notifying(NoticeText.paid(trade), new Disturbance(fault, Integer.MAX_VALUE));
    }

    /** Sends the last delivery of a notification once more, byte by byte; fails when there was none. */
    public CompletableFuture<Notice.Delivery> replay(String noticeId) {
        return notices.replay(noticeId).toFuture();
    }

    /** The last 1,000 notifications, the newest first. */
    public List<Notice> notices() {
        return notices.all();
    }

    /** Forgets the notifications; those under way go on. */
    public void clearNotices() {
        notices.clear();
    }

    /**
     * Lets something go wrong with the next notifications.
     *
     * @param count of how many notifications
     * @param deliveries with how many of the first deliveries of each; of duplicates and delays, how many
     * @throws IllegalArgumentException when one of them is less than 1
     */
    public void disturb(NoticeFault fault, int count, int deliveries) {
        if (count < 1 || deliveries < 1) {
            throw new IllegalArgumentException("A fault concerns at least 1 notification and 1 delivery of it.");
        }
        notices.disturb(fault, count, deliveries);
    }

    /** Lets something be wrong with the signature of the next answer. */
    public void disturbAnswer(AnswerFault fault) {
        synchronized (answerFaults) {
            answerFaults.add(fault);
        }
    }

    /** Nothing goes wrong any more. */
    public void calm() {
        notices.calm();
        synchronized (answerFaults) {
            answerFaults.clear();
        }
    }

    /**
     * Makes the pauses between deliveries shorter or longer.
     *
     * @param factor 1 for those of WeChat Pay
     * @throws IllegalArgumentException when it is not positive
     */
    public void pace(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("The \"pace\" of notifications is more than 0; 1 is WeChat Pay's.");
        }
        notices.pace(factor);
    }

    /** Spreads notifications over these addresses, whatever their notify_url says; an empty list ends that. */
    public void notifyAt(List<URI> addresses) {
        notices.spread(addresses);
    }

    /** How long refunds take from now on. */
    public void refundsTake(Duration time) {
        refundTakes = time;
    }

    /** How the next refund ends, other than well. */
    public void nextRefundEnds(Refund.Status end) {
        synchronized (refundEnds) {
            refundEnds.add(end);
        }
    }

    /** Limits what the merchant can pay back, in fen; null for no limit. */
    public void balance(@Nullable Long fen) {
        trades.balance(fen);
    }

    void refundUnderWay(String outRefundNo) {
        Mono.delay(refundTakes, notices.timer())
                .flatMap(passed -> Mono.justOrEmpty(trades.endRefund(merchant().id(), outRefundNo, nextEnd())))
                .flatMap(this::notified)
                .subscribe();
    }

    private Mono<Notice> notified(Refunded refunded) {
        URI url = refunded.refund().notifyUrl();
        return url == null
                ? Mono.empty()
                : notices.begin(NoticeText.refunded(refunded, url), notices.nextDisturbance(), this::pen);
    }

    private Refund.Status nextEnd() {
        synchronized (refundEnds) {
            Refund.Status end = refundEnds.poll();
            return end == null ? Refund.Status.SUCCESS : end;
        }
    }

    private CompletableFuture<Notice> notifying(NoticeText text, Disturbance disturbance) {
        return notices.begin(text, disturbance, this::pen).toFuture();
    }

    private NoticeCourse.Pen pen() {
        return new NoticeCourse.Pen(merchant().apiV3Key(), keys.ofNotice(), headers);
    }

    private Trade known(String outTradeNo) {
        return trade(outTradeNo)
                .orElseThrow(() -> new IllegalArgumentException(
                        "This order is unknown: its merchant has to ask for a prepay_id."));
    }

    Trades trades() {
        return trades;
    }

    SignedHeaders headers() {
        return headers;
    }

    @Nullable
    AnswerFault nextAnswerFault() {
        synchronized (answerFaults) {
            return answerFaults.poll();
        }
    }

    /** Drops the connections; what is under way fails. */
    @Override
    public void close() {
        notices.close();
    }
}
