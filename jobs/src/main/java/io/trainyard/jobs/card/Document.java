package io.trainyard.jobs.card;

import java.util.List;

/** A document before it is written as Markdown or HTML; its texts are plain. */
record Document(String title, List<Section> sections) {
    Document {
        sections = List.copyOf(sections);
    }

    record Section(String title, List<Block> blocks) {
        Section {
            blocks = List.copyOf(blocks);
        }
    }

    /** A part of a section. */
    sealed interface Block {}

    record Paragraph(String text) implements Block {}

    record Points(List<String> texts) implements Block {
        Points {
            texts = List.copyOf(texts);
        }
    }

    /** @param rows each with a cell for every column */
    record Table(List<String> columns, List<List<String>> rows) implements Block {
        Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    record Code(String language, String text) implements Block {}
}
