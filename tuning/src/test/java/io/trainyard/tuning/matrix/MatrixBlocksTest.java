package io.trainyard.tuning.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.Examples.Example;
import io.trainyard.tuning.SparkExtension;
import io.trainyard.tuning.metric.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class MatrixBlocksTest {
    private static final List<Example> EXAMPLES = Examples.of(Task.BINARY, 60);

    private final SparkSession spark;
    private final Configuration configuration = new Configuration();

    @TempDir
    private Path folder;

    MatrixBlocksTest(SparkSession spark) {
        this.spark = spark;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 100})
    void holdsEveryRowInOrderWhateverThePartitions(int partitions) throws IOException {
        MatrixBlocks blocks = write(partitions);

        assertThat(blocks.blocks()).hasSize(Math.min(partitions, EXAMPLES.size()));
        assertThat(stored(blocks)).isEqualTo(EXAMPLES);
    }

    @Test
    void countsRowsAndBytesOfParts() throws IOException {
        MatrixBlocks blocks = write(4);

        assertThat(blocks.rows(Part.SEARCH_TRAIN)).isEqualTo(36);
        assertThat(blocks.rows(Part.SEARCH_VALIDATION)).isEqualTo(12);
        assertThat(blocks.rows(Part.FINAL_TRAIN)).isEqualTo(48);
        assertThat(blocks.rows(Part.FINAL_TEST)).isEqualTo(12);
        assertThat(blocks.rawBytes(Part.FINAL_TEST)).isEqualTo(12 * 3 * 4);
    }

    @Test
    void nativeMatrixOfAPartHasItsLabelsAndWeights() throws IOException {
        List<Example> validation = EXAMPLES.stream()
                .filter(example -> example.has(Part.SEARCH_VALIDATION))
                .toList();

        try (NativeMatrix matrix = NativeMatrix.read(write(4), Part.SEARCH_VALIDATION, configuration)) {
            assertThat(matrix.labels())
                    .containsExactly(
                            validation.stream().mapToDouble(Example::label).toArray());
            assertThat(matrix.weights())
                    .containsExactly(
                            validation.stream().mapToDouble(Example::weight).toArray());
        }
    }

    /** XGBoost does not give a matrix's values back, but another value would be another model. */
    @Test
    void nativeMatrixHasTheValuesThatWereWritten() throws IOException, XGBoostError {
        List<Example> train = EXAMPLES.stream()
                .filter(example -> example.has(Part.FINAL_TRAIN))
                .toList();
        DMatrix direct = new DMatrix(features(train), train.size(), Examples.COLUMNS.size(), Float.NaN);
        direct.setLabel(floats(train.stream().map(Example::label).toList()));
        direct.setWeight(floats(train.stream().map(Example::weight).toList()));
        direct.setFeatureNames(Examples.COLUMNS.toArray(String[]::new));
        direct.setFeatureTypes(Examples.TYPES.toArray(String[]::new));

        try (NativeMatrix matrix = NativeMatrix.read(write(4), Part.FINAL_TRAIN, configuration)) {
            assertThat(matrix.matrix().nonMissingNum()).isEqualTo(direct.nonMissingNum());
            assertThat(model(matrix.matrix())).isEqualTo(model(direct));
        } finally {
            direct.dispose();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsTrainedOnIsQuantisedAndWhatIsPredictedOnIsNot() throws IOException {
        MatrixBlocks blocks = write(4);

        try (NativeMatrix train = NativeMatrix.read(blocks, Part.SEARCH_TRAIN, configuration);
                NativeMatrix validation = NativeMatrix.read(blocks, Part.SEARCH_VALIDATION, configuration)) {
            assertThat(train.matrix()).isInstanceOf(QuantileMatrix.class);
            assertThat(validation.matrix()).isNotInstanceOf(QuantileMatrix.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 48})
    @EnabledOnOs(OS.LINUX)
    void batchesOfAnySizeMakeTheSameModel(int batchRows) throws IOException, XGBoostError {
        MatrixBlocks blocks = write(4);

        try (NativeMatrix whole = NativeMatrix.read(blocks, Part.FINAL_TRAIN, configuration);
                PartRows rows = new PartRows(blocks, Part.FINAL_TRAIN, configuration)) {
            QuantileMatrix batches = QuantileMatrix.of(rows, blocks, NativeMatrix.MAX_BIN, batchRows);
            assertThat(model(batches)).isEqualTo(model(whole.matrix()));
            batches.dispose();
        }
    }

    @Test
    void isWrittenOnce() throws IOException {
        MatrixBlocks first = write(4);

        MatrixBlocks second = write(4, (row, into) -> {
            throw new IllegalStateException("Written again");
        });

        assertThat(second).isEqualTo(first);
    }

    /** What a killed run left: files, and no manifest. */
    @Test
    void isWrittenAgainWhereTheManifestIsMissing() throws IOException {
        write(4);
        Files.delete(manifest());

        assertThat(stored(write(2))).isEqualTo(EXAMPLES);
        assertThat(manifest()).exists();
    }

    @Test
    void refusesAManifestOfAnotherFormat() throws IOException {
        write(1);
        String other = Files.readString(manifest()).replace("\"format\" : 3", "\"format\" : 4");
        replace(manifest(), other.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> write(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("blocks.json: format 4, not 3; delete the folder");
    }

    @Test
    void namesABlockThatEndsTooEarly() throws IOException {
        MatrixBlocks blocks = write(1);
        Path file = file(blocks, 0);
        byte[] bytes = Files.readAllBytes(file);
        replace(file, Arrays.copyOf(bytes, bytes.length - 1));

        assertThatThrownBy(() -> NativeMatrix.read(blocks, Part.FINAL_TRAIN, configuration))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot read block " + blocks.folder() + "/" + file.getFileName())
                .hasMessageContaining("ends within row 60; delete its folder");
    }

    @Test
    void namesAFileThatIsNoBlock() throws IOException {
        MatrixBlocks blocks = write(1);
        replace(file(blocks, 0), new byte[100]);

        assertThatThrownBy(() -> NativeMatrix.read(blocks, Part.FINAL_TRAIN, configuration))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file(blocks, 0).getFileName().toString())
                .hasMessageContaining("it is not a block of 3 columns; delete its folder");
    }

    private MatrixBlocks write(int partitions) throws IOException {
        return write(partitions, Examples.encoder());
    }

    private MatrixBlocks write(int partitions, RowEncoder encoder) throws IOException {
        return new BlockWriter(spark)
                .write(
                        folder.toUri().toString(),
                        "blocks",
                        Examples.frame(spark, EXAMPLES, partitions),
                        Examples.COLUMNS,
                        Examples.TYPES,
                        Grouping.NONE,
                        encoder);
    }

    /** Without the checksum that Hadoop keeps beside a local file, and that other storages have not. */
    private static void replace(Path file, byte[] content) throws IOException {
        Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
        Files.write(file, content);
    }

    private Path manifest() {
        return folder.resolve("blocks").resolve(MatrixBlocksJson.FILE);
    }

    private Path file(MatrixBlocks blocks, int block) {
        return folder.resolve("blocks").resolve(blocks.blocks().get(block).file());
    }

    private List<Example> stored(MatrixBlocks blocks) throws IOException {
        List<Example> stored = new ArrayList<>();
        for (int block = 0; block < blocks.blocks().size(); block++) {
            try (InputStream in = Files.newInputStream(file(blocks, block))) {
                BlockFile.Reader reader =
                        new BlockFile.Reader(in, "block", blocks.columns().size(), false);
                for (int row = 0; row < blocks.blocks().get(block).rows(); row++) {
                    MatrixRow read = reader.next();
                    stored.add(new Example(
                            read.features[0], read.features[1], read.features[2], read.label, read.weight, read.parts));
                }
            }
        }
        return stored;
    }

    private static float[] features(List<Example> examples) {
        return floats(examples.stream()
                .flatMap(example -> Stream.of(example.amount(), example.noise(), example.category()))
                .toList());
    }

    private static float[] floats(List<Float> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }

    private static byte[] model(DMatrix matrix) throws XGBoostError {
        Map<String, Object> parameters = Map.of("objective", "binary:logistic", "max_depth", 6, "verbosity", 0);
        return XGBoost.train(matrix, parameters, 10, Map.of(), null, null).toByteArray("ubj");
    }
}
