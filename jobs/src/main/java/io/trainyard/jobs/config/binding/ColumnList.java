package io.trainyard.jobs.config.binding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A list of columns where names and their SQL expressions are expected: each column is its own expression. */
final class ColumnList {
    private ColumnList() {}

    /** The mapping that a list of names, or a lone name, stands for; anything else as it is. */
    static Value asTable(Value value) {
        List<Value> items = value instanceof Value.Sequence sequence ? sequence.items() : List.of(value);
        Map<String, Value> columns = new LinkedHashMap<>();
        for (Value item : items) {
            if (!(item instanceof Value.Scalar scalar) || scalar.text().isEmpty()) {
                return value;
            }
            String name = scalar.text().get();
            columns.put(name, new Value.Scalar(scalar.written(), Optional.of(quoted(name)), true, scalar.line()));
        }
        return new Value.Mapping(columns, value.line());
    }

    private static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }
}
