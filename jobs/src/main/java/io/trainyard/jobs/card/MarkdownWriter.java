package io.trainyard.jobs.card;

import io.trainyard.jobs.card.Document.Block;
import io.trainyard.jobs.card.Document.Code;
import io.trainyard.jobs.card.Document.Paragraph;
import io.trainyard.jobs.card.Document.Points;
import io.trainyard.jobs.card.Document.Table;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a document as Markdown, in the dialect that GitHub shows. */
final class MarkdownWriter {
    private static final String SPECIAL = "\\`*[]|#~$";

    private MarkdownWriter() {}

    static String write(Document document) {
        StringBuilder text = new StringBuilder("# %s\n".formatted(escaped(document.title())));
        for (Document.Section section : document.sections()) {
            text.append("\n## %s\n".formatted(escaped(section.title())));
            section.blocks().forEach(block -> text.append("\n").append(block(block)));
        }
        return text.toString();
    }

    private static String block(Block block) {
        if (block instanceof Paragraph paragraph) {
            return escaped(paragraph.text()) + "\n";
        }
        if (block instanceof Points points) {
            return points.texts().stream()
                    .map(point -> "- %s\n".formatted(escaped(point)))
                    .collect(Collectors.joining());
        }
        if (block instanceof Table table) {
            return row(table.columns())
                    + "|---".repeat(table.columns().size())
                    + "|\n"
                    + table.rows().stream().map(MarkdownWriter::row).collect(Collectors.joining());
        }
        Code code = (Code) block;
        return "```%s\n%s\n```\n".formatted(code.language(), code.text().replace("```", "` ` `"));
    }

    private static String row(List<String> cells) {
        return cells.stream().map(MarkdownWriter::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** On one line, and read as nothing but text. Underscores within a word mean nothing there, and stay as they are. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        String line = PlainText.line(text);
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            boolean underscore = letter == '_' && !(isWord(line, i - 1) && isWord(line, i + 1));
            escaped.append(
                    switch (letter) {
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        case '&' -> "&amp;";
                        default -> (underscore || SPECIAL.indexOf(letter) >= 0 ? "\\" : "") + letter;
                    });
        }
        return escaped.toString();
    }

    private static boolean isWord(String text, int place) {
        return place >= 0 && place < text.length() && Character.isLetterOrDigit(text.charAt(place));
    }
}
