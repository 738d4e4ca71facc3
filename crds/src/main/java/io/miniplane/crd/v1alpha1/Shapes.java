package io.miniplane.crd.v1alpha1;

/**
 * The shapes of text that fields share. Each comes as a pattern, which editors understand, and as a rule with a cure,
 * because of a pattern alone the API server says nothing but that it doesn't match.
 */
final class Shapes {

    static final int NAME_LENGTH = 253;
    static final String NAME = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";
    static final String NAME_RULE = "self.matches('" + NAME + "')";
    static final String NAME_CURE =
            "must be a Kubernetes name: lower-case letters, digits, '-' and '.', for example shop-wechat";

    static final String KEY = "^[-._a-zA-Z0-9]+$";
    static final String KEY_RULE = "self.matches('" + KEY + "')";
    static final String KEY_CURE = "must be a key: letters, digits, '-', '_' and '.', for example appSecret";

    static final int TIMESPAN_LENGTH = 20;
    static final String TIMESPAN = "^([0-9]{1,6}(h|ms|m|s))+$";
    static final String WHOLE_SECONDS = "^([0-9]{1,6}(h|m|s))+$";
    static final String TIMESPAN_RULE = "self.matches('" + TIMESPAN + "') && ";
    static final String TIMESPAN_CURE =
            "must be whole numbers, each with a unit of h, m, s or ms, such as 90s or 1h30m, ";

    static final int URL_LENGTH = 1000;
    static final String URL = "^https?://[^/?# ]+(/[^?# ]*)?$";
    static final String URL_RULE = "self.matches('" + URL + "')";
    static final String URL_CURE = "must start with https:// or http:// and a host, without query, for example ";

    static final int IMAGE_LENGTH = 500;
    static final String IMAGE = "[a-z0-9][-a-zA-Z0-9._:/@]*";
    static final String IMAGE_CURE = "must be a container image without spaces, for example registry.example/shop:1.4";

    static final String AMOUNT_RULE = "isQuantity(string(self)) && quantity(string(self)).isGreaterThan(quantity('0'))";
    static final String AMOUNT_CURE = "must be an amount above 0, for example ";

    private Shapes() {}
}
