package io.trainyard.features.profile;

/**
 * A column of texts, seen as categories. Long ones are told apart by their beginning and a hash.
 *
 * @param distinct how many different ones there are
 */
public record TextProfile(String column, long rows, long nulls, FrequentTexts frequent, DistinctCount distinct)
        implements ColumnProfile {

    public TextProfile {
        if (nulls < 0 || nulls > rows) {
            throw new IllegalArgumentException(
                    "Column '%s' cannot have %d nulls in %d rows".formatted(column, nulls, rows));
        }
    }

    @Override
    public String kind() {
        return "text";
    }

    @Override
    public TextProfile merge(ColumnProfile other) {
        if (other instanceof TextProfile text && text.column.equals(column)) {
            return new TextProfile(
                    column,
                    rows + text.rows,
                    nulls + text.nulls,
                    frequent.merge(text.frequent),
                    distinct.merge(text.distinct));
        }
        throw ColumnProfile.unlike(this, other);
    }
}
