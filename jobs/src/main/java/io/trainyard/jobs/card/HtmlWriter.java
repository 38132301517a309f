package io.trainyard.jobs.card;

import io.trainyard.jobs.card.Document.Block;
import io.trainyard.jobs.card.Document.Code;
import io.trainyard.jobs.card.Document.Paragraph;
import io.trainyard.jobs.card.Document.Points;
import io.trainyard.jobs.card.Document.Table;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a document as one HTML file, which loads nothing and runs nothing, and tells the browser so. */
final class HtmlWriter {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width">
            <title>%1$s</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; }
            th, td { border-bottom: 1px solid #ccc; padding: .2rem 1rem .2rem 0; text-align: left; overflow-wrap: anywhere; }
            pre { background: #f4f4f4; padding: .7rem; overflow-x: auto; }
            </style>
            </head>
            <body>
            <h1>%1$s</h1>
            """;

    private HtmlWriter() {}

    static String write(Document document) {
        StringBuilder text = new StringBuilder(HEAD.formatted(PlainText.escaped(document.title())));
        for (Document.Section section : document.sections()) {
            text.append("<h2>%s</h2>\n".formatted(PlainText.escaped(section.title())));
            section.blocks().forEach(block -> text.append(block(block)));
        }
        return text.append("</body>\n</html>\n").toString();
    }

    private static String block(Block block) {
        if (block instanceof Paragraph paragraph) {
            return "<p>%s</p>\n".formatted(PlainText.escaped(paragraph.text()));
        }
        if (block instanceof Points points) {
            return points.texts().stream()
                    .map(point -> "<li>%s</li>\n".formatted(PlainText.escaped(point)))
                    .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
        }
        if (block instanceof Table table) {
            return "<table>\n"
                    + row("th", table.columns())
                    + table.rows().stream().map(cells -> row("td", cells)).collect(Collectors.joining())
                    + "</table>\n";
        }
        return "<pre><code>%s</code></pre>\n".formatted(PlainText.escapedLines(((Code) block).text()));
    }

    private static String row(String cell, List<String> cells) {
        return cells.stream()
                .map(text -> "<%1$s>%2$s</%1$s>".formatted(cell, PlainText.escaped(text)))
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }
}
