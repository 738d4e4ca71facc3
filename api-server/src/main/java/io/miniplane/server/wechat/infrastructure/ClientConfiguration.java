package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.wechat.ApiUsage;
import io.miniplane.server.wechat.ContentChecks;
import io.miniplane.server.wechat.CustomerMessages;
import io.miniplane.server.wechat.EncryptedDataOrigins;
import io.miniplane.server.wechat.MessageTemplates;
import io.miniplane.server.wechat.MiniProgramCodes;
import io.miniplane.server.wechat.MiniProgramLinks;
import io.miniplane.server.wechat.PaidUnionIds;
import io.miniplane.server.wechat.RiskRanks;
import io.miniplane.server.wechat.ShippingInfo;
import io.miniplane.server.wechat.SubscribeMessages;
import io.miniplane.server.wechat.UserEncryptionKeys;
import io.miniplane.server.wechat.WechatPhone;
import io.miniplane.server.wechat.WechatSessions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clients of the calls that need an access token. */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

    private final AppSettings app;
    private final AuthorisedCalls calls;

    ClientConfiguration(AppSettings app, AuthorisedCalls calls) {
        this.app = app;
        this.calls = calls;
    }

    @Bean
    WechatPhone wechatPhone() {
        return new PhoneClient(calls, app.appId());
    }

    @Bean
    WechatSessions wechatSessions() {
        return new SessionClient(calls);
    }

    @Bean
    UserEncryptionKeys userEncryptionKeys() {
        return new UserKeyClient(calls);
    }

    @Bean
    PaidUnionIds paidUnionIds() {
        return new UnionIdClient(calls);
    }

    @Bean
    EncryptedDataOrigins encryptedDataOrigins() {
        return new OriginClient(calls);
    }

    @Bean
    ContentChecks contentChecks() {
        return new ContentClient(calls);
    }

    @Bean
    RiskRanks riskRanks() {
        return new RiskClient(calls, app.appId());
    }

    @Bean
    SubscribeMessages subscribeMessages() {
        return new SubscribeMessageClient(calls);
    }

    @Bean
    MessageTemplates messageTemplates() {
        return new TemplateClient(calls);
    }

    @Bean
    CustomerMessages customerMessages() {
        return new CustomerMessageClient(calls);
    }

    @Bean
    MiniProgramCodes miniProgramCodes() {
        return new CodeClient(calls);
    }

    @Bean
    MiniProgramLinks miniProgramLinks() {
        return new LinkClient(calls);
    }

    @Bean
    ShippingInfo shippingInfo() {
        return new ShippingClient(calls, app.appId());
    }

    @Bean
    ApiUsage apiUsage() {
        return new UsageClient(calls, app.appId());
    }
}
