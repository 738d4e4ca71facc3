package io.miniplane.server.report.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.report.domain.MonthlyReport.DayFigures;
import io.miniplane.server.report.domain.MonthlyReport.OrderCount;
import io.miniplane.server.report.domain.MonthlyReport.ProductSales;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTableTest {

    private static final UUID ID = UUID.fromString("019a1b2c-7a1b-7c3d-9e0f-1a2b3c4d5e6f");

    @Test
    void everyFigureHasItsLineAndEveryLineItsEnd() {
        assertThat(ReportTable.of(report("龙井")))
                .isEqualTo("kind,key,name,count,amount\r\n"
                        + "month,2026-10,Asia/Shanghai,,\r\n"
                        + "paid,,,2,5180\r\n"
                        + "refunded,,,1,100\r\n"
                        + "new users,,,12,\r\n"
                        + "orders,COMPLETED,,2,\r\n"
                        + "product," + ID + ",龙井,2,5180\r\n"
                        + "day,2026-10-01,,3,5180\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a,b|\"a,b\"",
                "say \"tea\"|\"say \"\"tea\"\"\"",
                "=1+1|\"'=1+1\"",
                "+1|\"'+1\"",
                "-1|\"'-1\"",
                "@SUM(A1)|\"'@SUM(A1)\"",
                "` =1`|\"' =1\"",
                "=HYPERLINK(\"x\")|\"'=HYPERLINK(\"\"x\"\")\"",
                "\uFF1D1|\"'\uFF1D1\"",
                "a-b|a-b"
            })
    void aNameIsNeverTakenForAFormulaOrForTwoCells(String name, String cell) {
        assertThat(ReportTable.of(report(name))).contains("product," + ID + "," + cell + ",2,5180\r\n");
    }

    @Test
    void aNameOfTwoLinesStaysOneCell() {
        assertThat(ReportTable.of(report("a\r\nb"))).contains(",\"a\r\nb\",2,5180\r\n");
        assertThat(ReportTable.of(report("\tb"))).contains(",\"'\tb\",2,5180\r\n");
    }

    private static MonthlyReport report(String product) {
        return new MonthlyReport(
                "2026-10",
                "Asia/Shanghai",
                List.of(new OrderCount("COMPLETED", 2)),
                2,
                5180,
                1,
                100,
                12,
                List.of(new ProductSales(ID, product, 2, 5180)),
                List.of(new DayFigures("2026-10-01", 3, 2, 5180, 100, 12)));
    }
}
