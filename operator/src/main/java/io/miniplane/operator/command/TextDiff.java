package io.miniplane.operator.command;

import java.util.ArrayList;
import java.util.List;

/** The lines in which two texts differ, in order, with {@code -} or {@code +} before them. */
final class TextDiff {

    private TextDiff() {}

    static List<String> between(String before, String after) {
        List<String> was = before.lines().toList();
        List<String> is = after.lines().toList();
        int[][] common = common(was, is);
        var lines = new ArrayList<String>();
        int i = 0;
        int j = 0;
        while (i < was.size() || j < is.size()) {
            if (i < was.size() && j < is.size() && was.get(i).equals(is.get(j))) {
                i++;
                j++;
            } else if (j == is.size() || (i < was.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + was.get(i++));
            } else {
                lines.add("+ " + is.get(j++));
            }
        }
        return lines;
    }

    /** How many lines the rests of both texts have in common, from each pair of lines on. */
    private static int[][] common(List<String> was, List<String> is) {
        int[][] common = new int[was.size() + 1][is.size() + 1];
        for (int i = was.size() - 1; i >= 0; i--) {
            for (int j = is.size() - 1; j >= 0; j--) {
                common[i][j] = was.get(i).equals(is.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
