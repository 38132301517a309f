package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.source.NearestName;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.registry.encoding.Encoder;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import io.trainyard.registry.encoding.Target;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.matrix.MatrixRow;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.matrix.RowEncoder;
import io.trainyard.tuning.placement.DriverPlacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;

/** Rows with named raw values, as the numbers that a model takes: the one place where Spark meets the encoding. */
final class EncodedRows {
    private final Encoding encoding;
    private final Map<String, String> columns;

    /**
     * @param features says in which column the raw values of a feature are
     * @throws JobException if a feature of the encoding is not among them, or is text where the encoding takes a number
     */
    EncodedRows(Encoding encoding, List<FeatureColumn> features) {
        this.encoding = encoding;
        this.columns = features.stream().collect(Collectors.toMap(FeatureColumn::name, FeatureColumn::column));
        Set<String> texts = features.stream()
                .filter(feature -> feature.kind() == FeatureColumn.Kind.TEXT)
                .map(FeatureColumn::name)
                .collect(Collectors.toSet());
        encoding.features().forEach(feature -> requireUsable(feature, texts));
    }

    private void requireUsable(Feature feature, Set<String> texts) {
        if (!columns.containsKey(feature.name())) {
            throw new JobException(
                    "The model takes feature '%s', which these rows do not have%s; train a model without it"
                            .formatted(feature.name(), NearestName.hint(feature.name(), columns.keySet())));
        }
        boolean number = feature instanceof Feature.NumberFeature || feature instanceof Feature.StandardizedFeature;
        if (number && texts.contains(feature.name())) {
            throw new JobException(
                    "The model takes feature '%s' as a number, and these rows have it as text; cast it in the source, or train again"
                            .formatted(feature.name()));
        }
    }

    /**
     * For matrix blocks: features, label, weight and parts of a row of the training set.
     *
     * @param grouped whether the rows have groups, which are to be kept
     */
    RowEncoder rowEncoder(boolean grouped) {
        String[] inputs = inputs();
        Encoder encoder = encoding.encoder();
        Target target = encoding.target();
        return (row, into) -> {
            encode(row, inputs, encoder, target, into);
            if (grouped) {
                into.setGroups(row.<Long>getAs(TrainingSet.GROUP), row.<Long>getAs(TrainingSet.UNIT));
            }
        };
    }

    private static void encode(Row row, String[] inputs, Encoder encoder, Target target, MatrixRow into) {
        encoder.encode(values(row, inputs), into.features(), 0);
        into.set(
                (float) target.encode(row.getAs(TrainingSet.LABEL)),
                row.<Double>getAs(TrainingSet.WEIGHT).floatValue(),
                parts(row));
    }

    private static Object[] values(Row row, String[] inputs) {
        Object[] values = new Object[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            values[i] = row.getAs(inputs[i]);
        }
        return values;
    }

    private static long parts(Row row) {
        String finalPart = row.getAs(TrainingSet.FINAL);
        return Part.bits(
                row.<Long>getAs(TrainingSet.TRAINS),
                row.<Long>getAs(TrainingSet.VALIDATES),
                SplitColumns.TRAIN.equals(finalPart),
                SplitColumns.TEST.equals(finalPart));
    }

    /** For MLlib: the training set as features, label, weight and parts. */
    Dataset<Row> frame(Dataset<Row> rows) {
        List<Column> columns = new ArrayList<>(List.of(
                features().as(SparkLearner.FEATURES, attributes()),
                label().as(SparkLearner.LABEL, classes()),
                col(TrainingSet.WEIGHT).as(SparkLearner.WEIGHT),
                parts().as(DriverPlacement.PARTS)));
        columns.addAll(groups(rows));
        return rows.select(columns.toArray(Column[]::new));
    }

    /** Group and unit, where the rows have them. */
    static List<Column> groups(Dataset<Row> rows) {
        List<Column> columns = new ArrayList<>();
        if (List.of(rows.columns()).contains(TrainingSet.GROUP)) {
            columns.add(col(TrainingSet.GROUP).as(SparkLearner.GROUP));
            columns.add(col(TrainingSet.UNIT).as(SparkLearner.UNIT));
        }
        return columns;
    }

    private static Column parts() {
        Column all = struct(col(TrainingSet.TRAINS), col(TrainingSet.VALIDATES), col(TrainingSet.FINAL));
        UDF1<Row, Long> parts = EncodedRows::parts;
        return udf(parts, DataTypes.LongType).apply(all);
    }

    /** The encoded label, a double. */
    Column label() {
        Target target = encoding.target();
        UDF1<Object, Double> encode = target::encode;
        return udf(encode, DataTypes.DoubleType).apply(col(TrainingSet.LABEL));
    }

    /** The encoded label, null where there is none, or where it is none that the model knows. */
    Column knownLabel() {
        Target target = encoding.target();
        UDF1<Object, Double> encode = label -> target.knows(label) ? (Double) target.encode(label) : null;
        return udf(encode, DataTypes.DoubleType).apply(col(TrainingSet.LABEL));
    }

    /** Tells MLlib the classes, which it would otherwise take from the rows it fits, where one may be missing. */
    private Metadata classes() {
        String[] classes = encoding.target().classes().toArray(String[]::new);
        return classes.length == 0
                ? Metadata.empty()
                : NominalAttribute.defaultAttr()
                        .withName(SparkLearner.LABEL)
                        .withValues(classes)
                        .toMetadata();
    }

    /** Tells MLlib's trees which columns are categories, and of how many values; empty where there is none. */
    private Metadata attributes() {
        if (encoding.features().stream().noneMatch(Feature.NominalFeature.class::isInstance)) {
            return Metadata.empty();
        }
        Attribute[] attributes =
                encoding.features().stream().flatMap(EncodedRows::attributes).toArray(Attribute[]::new);
        return new AttributeGroup(SparkLearner.FEATURES, attributes).toMetadata();
    }

    private static Stream<Attribute> attributes(Feature feature) {
        return feature instanceof Feature.NominalFeature nominal
                ? Stream.of(NominalAttribute.defaultAttr().withNumValues(nominal.values()))
                : Stream.<Attribute>generate(NumericAttribute::defaultAttr).limit(feature.width());
    }

    /** A dense vector of the encoded features: a sparse one makes XGBoost's Spark model predict wrongly without an error. */
    Column features() {
        String[] inputs = inputs();
        Encoder encoder = encoding.encoder();
        UDF1<Row, org.apache.spark.ml.linalg.Vector> encode =
                row -> Vectors.dense(widen(encoder.encode(values(row, inputs))));
        Column[] raw =
                List.of(inputs).stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
        return udf(encode, SQLDataTypes.VectorType()).apply(struct(raw));
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private String[] inputs() {
        return encoding.features().stream().map(Feature::name).map(columns::get).toArray(String[]::new);
    }
}
