package io.trainyard.jobs.config.binding;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads YAML, of which JSON is a part, into values, without constructing any object that the text names. Tags, merge keys
 * and duplicate keys are problems; anchors are allowed as long as the text stays small when they are written out.
 */
public final class YamlReader {
    private static final int DEEPEST = 50;
    private static final int MOST_VALUES = 10_000;
    private static final Set<Tag> PLAIN_TAGS = Set.of(
            Tag.STR,
            Tag.INT,
            Tag.FLOAT,
            Tag.BOOL,
            Tag.NULL,
            Tag.TIMESTAMP,
            Tag.SEQ,
            Tag.MAP,
            new Tag("tag:yaml.org,2002:value"));

    private final ToIntFunction<Node> lines;
    private final Findings findings;
    private int values;

    private YamlReader(ToIntFunction<Node> lines, Findings findings) {
        this.lines = lines;
        this.findings = findings;
    }

    /** Reads a file; empty when its syntax is broken, which is then one problem. */
    public static Optional<Value> file(String text, Findings findings) {
        return new YamlReader(node -> node.getStartMark().getLine() + 1, findings).read(text, KeyPath.ROOT, 1);
    }

    /** Reads the value of {@code --set path=value}; empty when its syntax is broken, which is then one problem. */
    public static Optional<Value> argument(String path, String text, Findings findings) {
        return new YamlReader(node -> 0, findings).read(text, new KeyPath(path), 0);
    }

    /** Reads a value that a declaration holds, such as a default, as if it stood on that line. */
    static Value declared(String text, int line) {
        Findings findings = new Findings();
        return new YamlReader(node -> line, findings)
                .read(text, KeyPath.ROOT, line)
                .orElseThrow(() -> new IllegalStateException("Declared value '" + text + "' is not YAML"));
    }

    private Optional<Value> read(String text, KeyPath path, int line) {
        try {
            Node root = new Yaml(options()).compose(new StringReader(text));
            Value value = root == null ? new Value.Empty(line) : value(root, line, path, 0);
            if (values > MOST_VALUES) {
                findings.problem(
                        line,
                        path.text(),
                        "holds more than %,d values, or an anchor that contains itself: write it without anchors"
                                .formatted(MOST_VALUES));
                return Optional.empty();
            }
            return Optional.of(value);
        } catch (MarkedYAMLException e) {
            findings.problem(line == 0 ? 0 : e.getProblemMark().getLine() + 1, path.text(), SyntaxProblem.in(e));
            return Optional.empty();
        } catch (ReaderException e) {
            long linesBefore =
                    text.chars().limit(e.getPosition()).filter(c -> c == '\n').count();
            findings.problem(
                    line == 0 ? 0 : (int) linesBefore + 1,
                    path.text(),
                    "not valid YAML: a control character (code %d): remove it".formatted(e.getCodePoint()));
            return Optional.empty();
        } catch (YAMLException e) {
            findings.problem(line, path.text(), "not valid YAML: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Nothing is constructed here, so that the parser may pass tags on to be refused with their place. */
    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setTagInspector(tag -> true);
        return options;
    }

    /** Once there are too many values the rest is skipped, so that nested anchors cost nothing. */
    private Value value(Node node, int line, KeyPath path, int depth) {
        if (depth > DEEPEST) {
            values = MOST_VALUES;
        }
        if (++values > MOST_VALUES) {
            return new Value.Empty(line);
        }
        if (!PLAIN_TAGS.contains(node.getTag())) {
            findings.problem(line, path.text(), "tags are not supported: remove '%s'".formatted(shown(node.getTag())));
            return new Value.Scalar("", Optional.empty(), false, line);
        }
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, line, path, depth);
        }
        if (node instanceof SequenceNode sequence) {
            return sequence(sequence, line, path, depth);
        }
        return scalar((ScalarNode) node, line);
    }

    private Value mapping(MappingNode node, int line, KeyPath path, int depth) {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (NodeTuple entry : node.getValue()) {
            int at = lines.applyAsInt(entry.getKeyNode());
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                findings.problem(at, path.text(), "a key must be a name, not a list or mapping");
            } else if (key.getTag().equals(Tag.MERGE)) {
                findings.problem(at, path.text(), "merge keys are not supported: write the keys of '<<' out");
            } else if (entries.containsKey(key.getValue())) {
                findings.problem(
                        at,
                        path.key(key.getValue()).text(),
                        "appears twice (first on line %d): keep one"
                                .formatted(entries.get(key.getValue()).line()));
            } else {
                KeyPath place = path.key(key.getValue());
                entries.put(key.getValue(), value(entry.getValueNode(), at, place, depth + 1));
            }
        }
        return new Value.Mapping(entries, line);
    }

    private Value sequence(SequenceNode node, int line, KeyPath path, int depth) {
        List<Value> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            items.add(value(item, lines.applyAsInt(item), path.item(items.size()), depth + 1));
        }
        return new Value.Sequence(items, line);
    }

    private static Value scalar(ScalarNode node, int line) {
        boolean quoted = node.getScalarStyle() != ScalarStyle.PLAIN;
        if (node.getTag().equals(Tag.NULL) && !quoted) {
            return new Value.Empty(line);
        }
        return new Value.Scalar(node.getValue(), Optional.of(node.getValue()), quoted, line);
    }

    private static String shown(Tag tag) {
        return tag.startsWith(Tag.PREFIX) ? "!!" + tag.getValue().substring(Tag.PREFIX.length()) : tag.getValue();
    }
}
