package io.trainyard.features.profile;

import java.io.Serializable;

/** What a column looks like. Profiles of parts of a table merge into the whole table's, within the error of the sketches. */
public sealed interface ColumnProfile extends Serializable permits NumberProfile, TextProfile, BooleanProfile {

    /** The column's name. */
    String column();

    /** What its values are, for people: {@code number}, {@code date}, {@code timestamp}, {@code text} or {@code boolean}. */
    String kind();

    /** How many rows were looked at, nulls included. */
    long rows();

    /** Rows without a value. */
    long nulls();

    /**
     * The profile of the rows of both.
     *
     * @throws IllegalArgumentException if the other is of another column or kind
     */
    ColumnProfile merge(ColumnProfile other);

    /** Refuses to merge what is not of one column. */
    static IllegalArgumentException unlike(ColumnProfile one, ColumnProfile other) {
        return new IllegalArgumentException(
                "Cannot merge the profile of column '%s' (%s) with that of column '%s' (%s); both must be of one column and kind"
                        .formatted(one.column(), one.kind(), other.column(), other.kind()));
    }
}
