package io.miniplane.server.stage;

import io.miniplane.simulator.WechatSimulator;
import io.miniplane.simulator.pay.Merchant;
import io.miniplane.simulator.pay.Payments;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an owner copies from the merchant platform of WeChat Pay into the settings of a server. */
public final class MerchantSettings {

    /** Where a server takes notifications. */
    public static final String NOTIFICATIONS = "/api/v1/wechat/pay/notifications";

    private MerchantSettings() {}

    /** By property; the notifications go to the server at the address. */
    public static Map<String, String> at(WechatSimulator simulator, URI server) {
        Payments payments = simulator.control().payments();
        Merchant merchant = payments.merchant();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("miniplane.wechat.pay.base-url", simulator.baseUri().toString());
        settings.put("miniplane.wechat.pay.merchant-id", merchant.id());
        settings.put("miniplane.wechat.pay.certificate-serial", merchant.certificateSerial());
        settings.put("miniplane.wechat.pay.private-key", merchant.privateKeyPem());
        settings.put("miniplane.wechat.pay.api-v3-key", merchant.apiV3Key());
        settings.put("miniplane.wechat.pay.platform-public-key", payments.keys().publicKeyPem());
        settings.put(
                "miniplane.wechat.pay.platform-public-key-id", payments.keys().publicKeyId());
        settings.put(
                "miniplane.wechat.pay.notify-url", server.resolve(NOTIFICATIONS).toString());
        return settings;
    }

    /** As arguments of a server whose port nobody knows yet: the simulator has to be told where to send notifications. */
    public static List<String> arguments(WechatSimulator simulator) {
        return at(simulator, URI.create("http://127.0.0.1:9")).entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toList();
    }
}
