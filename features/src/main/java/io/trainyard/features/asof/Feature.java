package io.trainyard.features.asof;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** A column that the join adds. */
record Feature(String name, DataType type) {

    /** The schema of examples with features added. */
    static StructType added(StructType examples, List<Feature> features) {
        StructType joined = examples;
        for (Feature feature : features) {
            joined = joined.add(feature.name(), feature.type());
        }
        return joined;
    }
}
