package io.trainyard.features.profile;

/** A column of truth values; rows that are neither null nor true are false. */
public record BooleanProfile(String column, long rows, long nulls, long trues) implements ColumnProfile {

    public BooleanProfile {
        if (nulls < 0 || trues < 0 || nulls + trues > rows) {
            throw new IllegalArgumentException(
                    "Column '%s' cannot have %d nulls and %d trues in %d rows".formatted(column, nulls, trues, rows));
        }
    }

    /** Rows that hold false. */
    public long falses() {
        return rows - nulls - trues;
    }

    @Override
    public String kind() {
        return "boolean";
    }

    @Override
    public BooleanProfile merge(ColumnProfile other) {
        if (other instanceof BooleanProfile truth && truth.column.equals(column)) {
            return new BooleanProfile(column, rows + truth.rows, nulls + truth.nulls, trues + truth.trues);
        }
        throw ColumnProfile.unlike(this, other);
    }
}
