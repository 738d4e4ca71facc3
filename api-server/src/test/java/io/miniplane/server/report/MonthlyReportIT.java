package io.miniplane.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.MiniplaneServer;
import io.miniplane.server.platform.ServerProcess;
import io.miniplane.server.platform.tasks.TaskProgram;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.StaffIssuer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MonthlyReportIT {

    private static final String REPORTS = "/api/v1/reports/monthly";
    private static final String TEA = "019a1b2c-7a1b-7c3d-9e0f-000000000001";
    private static final String CUP = "019a1b2c-7a1b-7c3d-9e0f-000000000002";

    private static Backend backend;
    private static StaffIssuer issuer;
    private static Api api;
    private static Api tasks;
    private static int orders;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        issuer = StaffIssuer.start().give("sue", List.of("helpdesk")).give("ada", List.of("owners"));
        api = backend.startServer(issuer.settings());
        tasks = backend.startServer("--miniplane.role=task");
    }

    @AfterAll
    static void stop() {
        backend.close();
        issuer.close();
    }

    @Test
    void aMonthIsSummedUpAsTheDaysOfTheShopRun() {
        String user = api.logIn(backend.loginCode()).userId();
        backend.execute("UPDATE users SET created_at = '2026-07-15 01:00:00+00' WHERE id = '" + user + "'");
        order("COMPLETED", "2026-06-30 16:00:00+00", "2026-06-30 16:30:00+00", 3000, 0, TEA, 3);
        order("CANCELLED", "2026-07-31 15:59:59+00", null, 0, 0, TEA, 1);
        order("REFUNDED", "2026-07-10 00:00:00+00", "2026-07-10 00:01:00+00", 2500, 2500, CUP, 1);
        order("PAID", "2026-06-30 15:59:59+00", "2026-07-02 00:00:00+00", 1000, 0, TEA, 1);
        order("PAID", "2026-07-31 16:00:00+00", "2026-07-31 16:00:00+00", 9000, 0, TEA, 9);

        assertThat(run("--month=2026-07")).isZero();

        JsonNode report = read("2026-07").data();
        assertThat(report.path("orders").toString())
                .isEqualTo("[{\"status\":\"CANCELLED\",\"count\":1},{\"status\":\"COMPLETED\",\"count\":1},"
                        + "{\"status\":\"REFUNDED\",\"count\":1}]");
        assertThat(report.path("zone").asString()).isEqualTo("Asia/Shanghai");
        assertThat(report.path("paidOrders").asLong()).isEqualTo(3);
        assertThat(report.path("revenue").asLong()).isEqualTo(6500);
        assertThat(report.path("refundedOrders").asLong()).isEqualTo(1);
        assertThat(report.path("refunded").asLong()).isEqualTo(2500);
        assertThat(report.path("newUsers").asLong()).isEqualTo(1);
        assertThat(report.path("topProducts").toString())
                .isEqualTo("[{\"id\":\"" + TEA + "\",\"name\":\"=tea\",\"quantity\":4,\"revenue\":4000}," + "{\"id\":\""
                        + CUP + "\",\"name\":\"=tea\",\"quantity\":1,\"revenue\":1000}]");
        assertThat(report.path("days").size()).isEqualTo(31);
        assertThat(report.path("days").path(0).toString())
                .isEqualTo("{\"day\":\"2026-07-01\",\"orders\":1,\"paidOrders\":1,\"revenue\":3000,\"refunded\":0,"
                        + "\"newUsers\":0}");
        assertThat(report.path("days").path(14).path("newUsers").asLong()).isEqualTo(1);
        assertThat(api.call("GET", REPORTS, issuer.token("sue"), null).data().toString())
                .contains("\"month\":\"2026-07\"");
    }

    @Test
    void runAgainItIsTheSameUntilSomethingChangesAndThenItIsReplaced() throws Exception {
        order("PAID", "2026-05-10 00:00:00+00", "2026-05-10 00:00:00+00", 700, 0, TEA, 1);
        assertThat(run("--month=2026-05")).isZero();
        String tag = tag(read("2026-05"));
        assertThat(run("--month=2026-05")).isZero();
        assertThat(tag(read("2026-05"))).isEqualTo(tag);
        assertThat(api.start("GET", REPORTS + "/2026-05", issuer.token("sue"), null, "If-None-Match", tag)
                        .join()
                        .status())
                .isEqualTo(304);
        order("PAID", "2026-05-11 00:00:00+00", "2026-05-11 00:00:00+00", 300, 0, CUP, 1);
        assertThat(run("--month=2026-05")).isZero();
        assertThat(tag(read("2026-05"))).isNotEqualTo(tag);
        assertThat(read("2026-05").data().path("revenue").asLong()).isEqualTo(1000);
        assertThat(backend.rows("SELECT count(*) AS n FROM report_days WHERE month = '2026-05-01'"))
                .containsExactly(Map.of("n", 0L));
        assertThat(backend.rows("SELECT count(*) AS n FROM report_day_products WHERE month = '2026-05-01'"))
                .containsExactly(Map.of("n", 0L));
    }

    @Test
    void aRunThatWasCutOffGoesOnWithTheDaysThatAreMissing() {
        order("PAID", "2026-03-03 00:00:00+00", "2026-03-03 00:00:00+00", 100, 0, TEA, 1);
        order("PAID", "2026-03-20 00:00:00+00", "2026-03-20 00:00:00+00", 200, 0, TEA, 2);
        backend.execute("CREATE TABLE summed (day date)");
        backend.execute("""
                CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
                $$BEGIN
                    IF NEW.month = '2026-03-01' AND NEW.day = '2026-03-15' AND NOT EXISTS (SELECT FROM summed WHERE day = '2020-01-01') THEN
                        RAISE 'cut off';
                    END IF;
                    INSERT INTO summed VALUES (NEW.day);
                    RETURN NEW;
                END$$
                """);
        backend.execute("CREATE TRIGGER note BEFORE INSERT ON report_days FOR EACH ROW EXECUTE FUNCTION note()");
        try {
            assertThat(run("--month=2026-03")).isEqualTo(1);
            assertThat(read("2026-03").status()).isEqualTo(404);
            assertThat(summed()).isEqualTo(days(1, 14));
            backend.execute("TRUNCATE summed");
            backend.execute("INSERT INTO summed VALUES ('2020-01-01')");

            assertThat(run("--month=2026-03")).isZero();

            backend.execute("DELETE FROM summed WHERE day = '2020-01-01'");
            assertThat(summed()).isEqualTo(days(15, 31));
            assertThat(read("2026-03").data().path("revenue").asLong()).isEqualTo(300);
            assertThat(read("2026-03")
                            .data()
                            .path("topProducts")
                            .path(0)
                            .path("quantity")
                            .asLong())
                    .isEqualTo(3);
        } finally {
            backend.execute("DROP TRIGGER note ON report_days");
        }
    }

    @Test
    void asATableItIsSafeToOpen() {
        order("PAID", "2026-02-03 00:00:00+00", "2026-02-03 00:00:00+00", 1000, 0, TEA, 1);
        assertThat(run("--month=2026-02")).isZero();
        Answer table = table("text/csv");
        assertThat(table.response().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/csv;")
                .contains("charset=utf-8", "header=present");
        assertThat(table.response().body())
                .startsWith("kind,key,name,count,amount\r\nmonth,2026-02,Asia/Shanghai,,\r\npaid,,,1,1000\r\n")
                .contains("product," + TEA + ",\"'=tea\",1,1000\r\n")
                .endsWith("day,2026-02-28,,0,0\r\n");
        assertThat(tag(table)).endsWith("-csv\"");
        assertThat(table("text/csv, application/json;q=0.9").response().body()).startsWith("kind");
        assertThat(table("text/csv;q=0.5, application/json")
                        .data()
                        .path("month")
                        .asString())
                .isEqualTo("2026-02");
        assertThat(table("*/*").data().path("month").asString()).isEqualTo("2026-02");
    }

    @ParameterizedTest
    @CsvSource({"2026-13, 400, 40046", "october, 400, 40046", "2001-01, 404, 40430"})
    void aMonthWithoutAReportIsToldApartFromWhatIsNoMonth(String month, int status, int code) {
        assertThat(read(month).status()).isEqualTo(status);
        assertThat(read(month).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--task=yearly-report|there is no task of that name, --task is one of monthly-report.",
                "--task|name one task, such as --task=monthly-report.",
                "--task=monthly-report --moth=2026-10|the task monthly-report takes each of these once, with a value: --month.",
                "--task=monthly-report --month|the task monthly-report takes each of these once, with a value: --month.",
                "--task=monthly-report --month=2026-1|--month is no month: give year and month, such as --month=",
                "--task=monthly-report --month=2099-01|2099-01 is not over yet in Asia/Shanghai: the last full month is "
            })
    void whatMakesNoSenseIsRefusedWithASentence(String arguments, String sentence) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(start(arguments.split(" "))).isEqualTo(2);
        } finally {
            System.setErr(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("Miniplane did not begin: " + sentence);
    }

    @Test
    void theProgramItselfDoesItWithoutAPortAndEnds() throws Exception {
        List<String> arguments = new ArrayList<>(backend.settings());
        arguments.add("--miniplane.role=all");
        arguments.add("--task=monthly-report");
        try (ServerProcess process = new ServerProcess(MiniplaneServer.class, arguments)) {
            assertThat(process.exitCode()).as("%s", process.out()).isZero();
            assertThat(process.out())
                    .anyMatch(line -> line.contains("Task monthly-report is done"))
                    .noneMatch(line -> line.contains("Netty started on port") || line.contains("management port is"));
        }
    }

    private static int run(String month) {
        return start("--task=monthly-report", month);
    }

    private static int start(String... arguments) {
        String[] all = Stream.concat(backend.settings().stream(), Arrays.stream(arguments))
                .toArray(String[]::new);
        return TaskProgram.runIn(tasks.context(), all);
    }

    private static Answer read(String month) {
        return api.call("GET", REPORTS + "/" + month, issuer.token("sue"), null);
    }

    private static Answer table(String accept) {
        return api.start("GET", REPORTS + "/2026-02", issuer.token("ada"), null, "Accept", accept)
                .join();
    }

    private static String tag(Answer answer) {
        return answer.response().headers().firstValue("ETag").orElseThrow();
    }

    private static List<String> summed() {
        return backend.rows("SELECT day::text AS day FROM summed ORDER BY day").stream()
                .map(row -> row.get("day").toString())
                .toList();
    }

    private static List<String> days(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj("2026-03-%02d"::formatted)
                .toList();
    }

    /** An order of some pieces of one product at 10 yuan each. */
    private static void order(
            String status, String createdAt, String paidAt, long paid, long refunded, String product, int quantity) {
        String id = "019a1b2c-7a1b-7c3d-9e0f-%012d".formatted(1000 + orders++);
        String paidColumns = paidAt == null ? "NULL, NULL" : paid + ", '" + paidAt + "'";
        backend.execute("""
                INSERT INTO orders (id, user_id, status, total, created_at, paid, paid_at, refunded, cancel_reason)
                VALUES ('%s', '%s', '%s', %d, '%s', %s, %d, 'BY_USER')
                """.formatted(id, TEA, status, quantity * 1000L, createdAt, paidColumns, refunded));
        backend.execute(
                "INSERT INTO order_items VALUES ('%s', 0, '%s', '=tea', 1000, %d)".formatted(id, product, quantity));
    }
}
