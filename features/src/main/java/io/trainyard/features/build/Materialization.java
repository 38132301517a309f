package io.trainyard.features.build;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trainyard.features.asof.AsOfJoin;
import io.trainyard.features.asof.AsOfSettings;
import io.trainyard.features.asof.ViewRows;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The features of every entity in a feature table as of one moment: columns of the entity, the moment, the features. */
record Materialization(SparkSession spark, FeatureTable table, Instant at) {

    /** Says as of when the features are. */
    static final String AS_OF = "as_of";

    private static final String PREFIX = "_entity_";

    Dataset<Row> rows() {
        ViewRows rows = table.rows(spark);
        List<EntityColumn> entity = rows.view().entity();
        List<EntityColumn> carried = new ArrayList<>();
        List<Column> keys = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < entity.size(); i++) {
            String column = entity.get(i).column();
            carried.add(new EntityColumn(column, PREFIX + i));
            keys.add(col(quoted(column)).as(PREFIX + i));
            columns.add(col(PREFIX + i).as(table.layout().physical().get(column)));
        }
        columns.add(col(Examples.TIME).as(AS_OF));
        rows.view().features().forEach(feature -> columns.add(col(feature)));
        Dataset<Row> entities =
                rows.rows().select(keys.toArray(Column[]::new)).distinct().withColumn(Examples.TIME, lit(at));
        View view = rows.view().withEntity(carried);
        return new AsOfJoin(spark, AsOfSettings.defaults())
                .join(entities, Examples.TIME, List.of(new ViewRows(view, rows.rows(), rows.knownAt())))
                .select(columns.toArray(Column[]::new));
    }
}
