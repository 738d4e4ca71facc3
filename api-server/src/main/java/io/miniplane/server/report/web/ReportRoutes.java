package io.miniplane.server.report.web;

import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import io.miniplane.server.report.application.Reports;
import io.miniplane.server.report.application.Reports.Kept;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Reading reports, for staff. */
@Configuration(proxyBeanMethods = false)
class ReportRoutes {

    private static final String REPORTS = "/api/v1/reports/monthly";
    private static final String REPORT = "/api/v1/reports/monthly/{month}";
    private static final ErrorCode NO_MONTH = new ErrorCode(40046);
    private static final ErrorCode NO_REPORT = new ErrorCode(40430);
    private static final MediaType CSV = new MediaType("text", "csv", Map.of("charset", "utf-8", "header", "present"));

    @Bean
    RouteAccess reportAccess() {
        Role[] staff = {Role.SUPPORT, Role.OPERATOR, Role.ADMIN};
        return RouteAccess.of(
                RouteAccess.only(HttpMethod.GET, REPORTS, staff), RouteAccess.only(HttpMethod.GET, REPORT, staff));
    }

    @Bean
    RouterFunction<ServerResponse> monthlyReportRoute(Reports reports) {
        return RouterFunctions.route()
                .GET(
                        REPORTS,
                        request -> reports.list()
                                .map(ReportEntryBody::of)
                                .collectList()
                                .flatMap(Answers::ok))
                .GET(
                        REPORT,
                        request -> reports.find(month(request))
                                .switchIfEmpty(Mono.error(() -> new Failure(NO_REPORT)))
                                .flatMap(report -> answer(request, report)))
                .build();
    }

    private static Mono<ServerResponse> answer(ServerRequest request, Kept report) {
        boolean asTable = prefersCsv(request);
        String tag = '"' + report.digest() + (asTable ? "-csv" : "-json") + '"';
        return request.checkNotModified(tag)
                .switchIfEmpty(Mono.defer(() -> asTable ? table(tag, report) : json(tag, report)));
    }

    private static Mono<ServerResponse> table(String tag, Kept report) {
        return ServerResponse.ok()
                .contentType(CSV)
                .eTag(tag)
                .varyBy(HttpHeaders.ACCEPT)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + report.report().month() + ".csv\"")
                .bodyValue(report.table().getBytes(StandardCharsets.UTF_8));
    }

    private static Mono<ServerResponse> json(String tag, Kept report) {
        return Answers.ok(report.report(), tag);
    }

    /** CSV is for those who name it and want nothing more than that. */
    private static boolean prefersCsv(ServerRequest request) {
        List<MediaType> accepted = request.headers().accept();
        double table = quality(accepted.stream().filter(CSV::equalsTypeAndSubtype));
        double json = quality(accepted.stream().filter(MediaType.APPLICATION_JSON::isCompatibleWith));
        return table > 0 && table >= json;
    }

    private static double quality(Stream<MediaType> types) {
        return types.mapToDouble(MediaType::getQualityValue).max().orElse(0);
    }

    private static YearMonth month(ServerRequest request) {
        String month = request.pathVariable("month");
        try {
            if (month.matches("20[0-9]{2}-[0-9]{2}")) {
                return YearMonth.parse(month);
            }
        } catch (DateTimeException e) {
            throw new Failure(NO_MONTH);
        }
        throw new Failure(NO_MONTH);
    }
}
