package io.trainyard.features.profile;

import io.trainyard.features.profile.Bin.Kind;
import java.util.List;

/** A bin for each truth value, and one for nulls. */
record BooleanBins(BooleanProfile reference) implements ReferenceBins {

    @Override
    public List<Bin> count(ColumnProfile current) {
        if (current instanceof BooleanProfile truth) {
            return ReferenceBins.filled(List.of(
                    new Bin(Kind.CATEGORY, "false", reference.falses(), truth.falses()),
                    new Bin(Kind.CATEGORY, "true", reference.trues(), truth.trues()),
                    ReferenceBins.nulls(reference.nulls(), truth.nulls())));
        }
        throw ReferenceBins.unlike("truth values", current);
    }

    @Override
    public double behind(Kind kind) {
        return reference.rows();
    }
}
