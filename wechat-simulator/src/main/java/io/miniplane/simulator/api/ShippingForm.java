package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.world.Shipping;
import io.miniplane.simulator.world.Shipping.Parcel;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads what a merchant says of an order's shipping, and refuses what makes no sense. */
final class ShippingForm {

    private static final int EXPRESS = 1;
    private static final int LAST_LOGISTICS = 4;
    private static final int SPLIT = 2;
    private static final int MOST_PARCELS = 15;
    private static final int LONGEST_GOODS = 120;
    private static final int LONGEST_NUMBER = 128;
    private static final String SF = "SF";

    private ShippingForm() {}

    /** The time that the merchant gives. */
    static Instant uploadTime(JsonNode body) {
        try {
            return OffsetDateTime.parse(body.path("upload_time").stringValue(""))
                    .toInstant();
        } catch (DateTimeParseException malformed) {
            throw new Refusal(ErrCode.INVALID_UPLOAD_TIME);
        }
    }

    /** The shipping of one order. */
    static Shipping read(JsonNode body, Instant uploadTime) {
        JsonNode list = body.path("shipping_list");
        if (!list.isArray()) {
            throw new Refusal(ErrCode.UNPARSEABLE_BODY);
        }
        int logistics = AppCall.number(body, "logistics_type", 1, LAST_LOGISTICS, ErrCode.INVALID_LOGISTICS);
        int mode = AppCall.number(body, "delivery_mode", 1, SPLIT, ErrCode.INVALID_DELIVERY);
        boolean complete = mode != SPLIT || isComplete(body, logistics);
        checkCount(list, mode);
        List<Parcel> parcels =
                list.valueStream().map(parcel -> parcel(parcel, logistics)).toList();
        return new Shipping(logistics, mode, complete, parcels, uploadTime, false);
    }

    private static boolean isComplete(JsonNode body, int logistics) {
        if (logistics != EXPRESS) {
            throw new Refusal(ErrCode.SPLIT_NEEDS_EXPRESS);
        }
        JsonNode complete = body.path("is_all_delivered");
        if (!complete.isBoolean()) {
            throw new Refusal(ErrCode.COMPLETENESS_MISSING);
        }
        return complete.booleanValue();
    }

    private static void checkCount(JsonNode list, int mode) {
        if (mode != SPLIT && list.size() != 1) {
            throw new Refusal(ErrCode.ONE_PARCEL_ONLY);
        }
        if (list.size() > MOST_PARCELS) {
            throw new Refusal(ErrCode.TOO_MANY_PARCELS);
        }
        if (list.valueStream().noneMatch(parcel -> parcel.has("item_desc"))) {
            throw new Refusal(ErrCode.GOODS_MISSING);
        }
    }

    private static Parcel parcel(JsonNode parcel, int logistics) {
        String goods = AppCall.optional(parcel, "item_desc", ErrCode.SHIPPING_ARGUMENTS);
        if (goods.isBlank()) {
            throw new Refusal(ErrCode.GOODS_EMPTY);
        }
        if (goods.codePointCount(0, goods.length()) > LONGEST_GOODS) {
            throw new Refusal(ErrCode.GOODS_TOO_LONG);
        }
        if (logistics != EXPRESS) {
            return new Parcel("", "", goods);
        }
        String tracking = limited(parcel, "tracking_no", ErrCode.TRACKING_MISSING, ErrCode.TRACKING_TOO_LONG);
        String company = limited(parcel, "express_company", ErrCode.COMPANY_MISSING, ErrCode.COMPANY_TOO_LONG);
        if (company.equals(SF) && !hasContact(parcel.path("contact"))) {
            throw new Refusal(ErrCode.SHIPPING_ARGUMENTS);
        }
        return new Parcel(tracking, company, goods);
    }

    private static String limited(JsonNode parcel, String name, ErrCode missing, ErrCode tooLong) {
        String value = AppCall.optional(parcel, name, ErrCode.SHIPPING_ARGUMENTS);
        if (value.isEmpty()) {
            throw new Refusal(missing);
        }
        if (value.length() > LONGEST_NUMBER) {
            throw new Refusal(tooLong);
        }
        return value;
    }

    /** One of both is enough, and it must be masked. */
    private static boolean hasContact(JsonNode contact) {
        return List.of("consignor_contact", "receiver_contact").stream()
                .map(name -> contact.path(name).stringValue(""))
                .anyMatch(number -> number.contains("*"));
    }
}
