package io.miniplane.server.wechat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message or event that WeChat pushed. Texts that WeChat left out are empty, unless they are said to be null. All of it may be personal, so
 * none of it shows in a log.
 */
public sealed interface PushMessage {

    /** What every message has. */
    Head head();

    /**
     * What every message has.
     *
     * @param toUser the original id of the mini-program, {@code gh_…}
     * @param fromUser the openid of the user; WeChat's own id where no user is concerned
     * @param createdAt when WeChat made it
     */
    record Head(String toUser, String fromUser, Instant createdAt) {
        @Override
        public String toString() {
            return "Head[redacted]";
        }
    }

    /**
     * A text that a user sent to customer service.
     *
     * @param head what every message has
     * @param messageId 64-bit number, unique
     * @param content what the user wrote
     */
    record Text(Head head, String messageId, String content) implements PushMessage {
        @Override
        public String toString() {
            return "Text[redacted]";
        }
    }

    /**
     * An image that a user sent to customer service.
     *
     * @param head what every message has
     * @param messageId 64-bit number, unique
     * @param pictureUrl where it can be had for a while
     * @param mediaId under which it can be fetched
     */
    record Image(Head head, String messageId, String pictureUrl, String mediaId) implements PushMessage {
        @Override
        public String toString() {
            return "Image[redacted]";
        }
    }

    /**
     * A page of the mini-program that a user sent to customer service.
     *
     * @param head what every message has
     * @param messageId 64-bit number, unique
     * @param title title of the card
     * @param appId the mini-program
     * @param pagePath page and query
     * @param thumbnailUrl its picture
     * @param thumbnailMediaId under which the picture can be fetched
     */
    record MiniProgramPage(
            Head head,
            String messageId,
            String title,
            String appId,
            String pagePath,
            String thumbnailUrl,
            String thumbnailMediaId)
            implements PushMessage {
        @Override
        public String toString() {
            return "MiniProgramPage[redacted]";
        }
    }

    /**
     * A user opened customer service.
     *
     * @param head what every message has
     * @param sessionFrom the parameter of the button
     */
    record UserEnterTempSession(Head head, String sessionFrom) implements PushMessage {
        @Override
        public String toString() {
            return "UserEnterTempSession[redacted]";
        }
    }

    /**
     * A user answered the question whether to get subscribe messages.
     *
     * @param head what every message has
     * @param choices one per template
     */
    record SubscribePopup(Head head, List<Choice> choices) implements PushMessage {
        /** Takes the list as it is now. */
        public SubscribePopup {
            choices = List.copyOf(choices);
        }

        @Override
        public String toString() {
            return "SubscribePopup[redacted]";
        }
    }

    /**
     * A user changed the subscriptions in the settings.
     *
     * @param head what every message has
     * @param choices one per template
     */
    record SubscribeChange(Head head, List<Choice> choices) implements PushMessage {
        /** Takes the list as it is now. */
        public SubscribeChange {
            choices = List.copyOf(choices);
        }

        @Override
        public String toString() {
            return "SubscribeChange[redacted]";
        }
    }

    /**
     * Subscribe messages reached their users, or did not.
     *
     * @param head what every message has
     * @param deliveries one per message
     */
    record SubscribeSent(Head head, List<Delivery> deliveries) implements PushMessage {
        /** Takes the list as it is now. */
        public SubscribeSent {
            deliveries = List.copyOf(deliveries);
        }

        @Override
        public String toString() {
            return "SubscribeSent[redacted]";
        }
    }

    /**
     * A media check that was asked for is finished.
     *
     * @param head what every message has
     * @param appId the mini-program
     * @param traceId the id that the request was answered with
     * @param errcode 0 where the check worked
     * @param suggest {@code pass}, {@code review} or {@code risky}
     * @param label 100 where nothing was found
     * @param findings what each strategy found
     */
    record MediaCheck(
            Head head, String appId, String traceId, int errcode, String suggest, int label, List<Finding> findings)
            implements PushMessage {
        /** Takes the list as it is now. */
        public MediaCheck {
            findings = List.copyOf(findings);
        }

        @Override
        public String toString() {
            return "MediaCheck[redacted]";
        }
    }

    /**
     * A user changed what the mini-program may have kept.
     *
     * @param head what every message has
     * @param openId the user
     * @param appId the mini-program
     * @param revokeInfo numbers that say what it is about
     */
    record UserInfoModified(Head head, String openId, String appId, String revokeInfo) implements PushMessage {
        @Override
        public String toString() {
            return "UserInfoModified[redacted]";
        }
    }

    /**
     * A user took back the leave to use personal data: it has to be deleted.
     *
     * @param head what every message has
     * @param openId the user
     * @param appId the mini-program
     * @param revokeInfo numbers that say what it is about
     */
    record UserAuthorizationRevoke(Head head, String openId, String appId, String revokeInfo) implements PushMessage {
        @Override
        public String toString() {
            return "UserAuthorizationRevoke[redacted]";
        }
    }

    /**
     * A user closed the account: the data has to be deleted.
     *
     * @param head what every message has
     * @param openId the user
     * @param appId the mini-program
     * @param revokeInfo numbers that say what it is about
     */
    record UserAuthorizationCancellation(Head head, String openId, String appId, String revokeInfo)
            implements PushMessage {
        @Override
        public String toString() {
            return "UserAuthorizationCancellation[redacted]";
        }
    }

    /**
     * WeChat asks the mini-program to join the shipping service.
     *
     * @param head what every message has
     * @param text what it says
     */
    record RemindAccessApi(Head head, String text) implements PushMessage {
        @Override
        public String toString() {
            return "RemindAccessApi[redacted]";
        }
    }

    /**
     * WeChat reminds of an order that is paid and not shipped.
     *
     * @param head what every message has
     * @param order the order
     * @param text what it says
     */
    record RemindShipping(Head head, TradeOrder order, String text) implements PushMessage {
        @Override
        public String toString() {
            return "RemindShipping[redacted]";
        }
    }

    /**
     * An order is shipped, confirmed or settled.
     *
     * @param head what every message has
     * @param order the order
     * @param shippedAt or null
     * @param estimatedSettlementAt or null
     * @param confirmMethod 1 automatic, 2 by hand, 0 not yet
     * @param confirmedAt or null
     * @param settledAt or null
     */
    record OrderSettlement(
            Head head,
            TradeOrder order,
            @Nullable Instant shippedAt,
            @Nullable Instant estimatedSettlementAt,
            int confirmMethod,
            @Nullable Instant confirmedAt,
            @Nullable Instant settledAt)
            implements PushMessage {
        @Override
        public String toString() {
            return "OrderSettlement[redacted]";
        }
    }

    /**
     * Anything else, kept whole.
     *
     * @param head what every message has
     * @param kind {@code MsgType}, and after a dot the {@code Event} where it is one
     * @param body all of it as a JSON object
     */
    record Unknown(Head head, String kind, String body) implements PushMessage {
        @Override
        public String toString() {
            return "Unknown[redacted]";
        }
    }

    /**
     * What a user chose for one template.
     *
     * @param templateId the template
     * @param status {@code accept} or {@code reject}
     * @param scene {@code 0} a popup, {@code 1} a popup of the always kind, {@code 2} the settings; empty in a change
     */
    record Choice(String templateId, String status, String scene) {
        @Override
        public String toString() {
            return "Choice[redacted]";
        }
    }

    /**
     * How one subscribe message fared.
     *
     * @param templateId the template
     * @param messageId the number that the sending was answered with
     * @param errorCode 0 where it arrived
     * @param status {@code success} or why not
     */
    record Delivery(String templateId, String messageId, String errorCode, String status) {
        @Override
        public String toString() {
            return "Delivery[redacted]";
        }
    }

    /**
     * What one strategy of a media check found.
     *
     * @param strategy its name
     * @param errcode 0 where it worked
     * @param suggest {@code pass}, {@code review} or {@code risky}
     * @param label 100 where nothing was found
     * @param probability 0 to 100
     */
    record Finding(String strategy, int errcode, String suggest, int label, int probability) {
        @Override
        public String toString() {
            return "Finding[redacted]";
        }
    }

    /**
     * An order as WeChat Pay knows it.
     *
     * @param transactionId WeChat Pay's number
     * @param merchantId who sold
     * @param subMerchantId empty where there is none
     * @param merchantTradeNo our number
     * @param paidAt or null
     */
    record TradeOrder(
            String transactionId,
            String merchantId,
            String subMerchantId,
            String merchantTradeNo,
            @Nullable Instant paidAt) {
        @Override
        public String toString() {
            return "TradeOrder[redacted]";
        }
    }
}
