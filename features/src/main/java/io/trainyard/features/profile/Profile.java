package io.trainyard.features.profile;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of a table look like.
 *
 * @param rows how many the table has
 * @param columns in the table's order
 */
public record Profile(long rows, List<ColumnProfile> columns) implements Serializable {

    public Profile {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        for (ColumnProfile column : columns) {
            if (!names.add(column.column())) {
                throw new IllegalArgumentException(
                        "A profile holds each column once, but '%s' twice".formatted(column.column()));
            }
            if (column.rows() != rows) {
                throw new IllegalArgumentException("A profile of %d rows cannot hold column '%s' of %d rows"
                        .formatted(rows, column.column(), column.rows()));
            }
        }
    }

    /** The profile of a column, if there is one by this name. */
    public Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(column -> column.column().equals(name)).findFirst();
    }

    /**
     * The profile of the rows of both.
     *
     * @throws IllegalArgumentException if they are not of the same columns in the same order
     */
    public Profile merge(Profile other) {
        if (columns.size() != other.columns.size()) {
            throw new IllegalArgumentException(
                    "Cannot merge a profile of %d columns with one of %d; profile the same columns"
                            .formatted(columns.size(), other.columns.size()));
        }
        List<ColumnProfile> merged = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            merged.add(columns.get(i).merge(other.columns.get(i)));
        }
        return new Profile(rows + other.rows, merged);
    }
}
