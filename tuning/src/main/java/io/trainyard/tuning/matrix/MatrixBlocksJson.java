package io.trainyard.tuning.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The manifest of a folder of blocks, {@code blocks.json}: written last, so that a folder with one is complete. */
final class MatrixBlocksJson {
    static final String FILE = "blocks.json";
    private static final int FORMAT = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private MatrixBlocksJson() {}

    static byte[] write(MatrixBlocks blocks) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("format", FORMAT).put("fingerprint", blocks.fingerprint());
        root.set("columns", JSON.valueToTree(blocks.columns()));
        root.set("column_types", JSON.valueToTree(blocks.columnTypes()));
        root.put("grouping", blocks.grouping().name().toLowerCase(Locale.ROOT));
        var files = root.putArray("blocks");
        for (Block block : blocks.blocks()) {
            ObjectNode file = files.addObject().put("file", block.file()).put("rows", block.rows());
            ObjectNode partRows = file.putObject("part_rows");
            block.partRows().forEach((part, rows) -> partRows.put(part.toString(), rows));
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    static MatrixBlocks read(String folder, byte[] json) throws IOException {
        JsonNode root = JSON.readTree(json);
        if (root.path("format").asInt() != FORMAT) {
            throw new IOException("Cannot read " + folder + "/" + FILE + ": format " + root.path("format") + ", not "
                    + FORMAT + "; delete the folder, and it is written again");
        }
        List<Block> blocks = new ArrayList<>();
        for (JsonNode block : root.get("blocks")) {
            Map<Part, Integer> partRows = new TreeMap<>();
            block.get("part_rows")
                    .fields()
                    .forEachRemaining(rows -> partRows.put(
                            Part.named(rows.getKey()), rows.getValue().intValue()));
            blocks.add(
                    new Block(block.get("file").textValue(), block.get("rows").intValue(), partRows));
        }
        return new MatrixBlocks(
                folder,
                root.get("fingerprint").textValue(),
                texts(root.get("columns")),
                texts(root.get("column_types")),
                Grouping.valueOf(root.get("grouping").textValue().toUpperCase(Locale.ROOT)),
                blocks);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }
}
