package io.miniplane.operator.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of texts below a heading, in columns as wide as their longest text. */
final class Table {

    private final List<String[]> rows = new ArrayList<>();

    Table(String... heading) {
        rows.add(heading);
    }

    void add(String... row) {
        rows.add(row);
    }

    void print(PrintWriter out) {
        rows.forEach(row -> out.println(line(row)));
    }

    private String line(String[] row) {
        var line = new StringBuilder();
        for (int column = 0; column < row.length; column++) {
            boolean last = column == row.length - 1;
            line.append(last ? row[column] : ("%-" + (width(column) + 3) + "s").formatted(row[column]));
        }
        return line.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
    }
}
