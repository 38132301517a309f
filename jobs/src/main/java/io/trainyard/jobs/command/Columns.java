package io.trainyard.jobs.command;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines of text in aligned columns, indented as all results are. */
final class Columns {
    private Columns() {}

    /** @param lines each of the same number of cells */
    static String of(List<List<String>> lines) {
        return lines.stream()
                .map(line -> "  "
                        + IntStream.range(0, line.size())
                                .mapToObj(column -> padded(line.get(column), width(lines, column)))
                                .collect(Collectors.joining("  "))
                                .stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
