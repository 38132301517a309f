package io.trainyard.tuning.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.SparkExtension;
import io.trainyard.tuning.metric.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ResidentMatricesTest {
    private static final Configuration CONFIGURATION = new Configuration();

    @TempDir
    private Path folder;

    private MatrixBlocks blocks;

    @BeforeEach
    void write(SparkSession spark) throws IOException {
        blocks = write(spark, "blocks");
    }

    private MatrixBlocks write(SparkSession spark, String name) throws IOException {
        return Examples.write(spark, folder.toUri().toString(), name, Examples.of(Task.BINARY, 60));
    }

    @AfterEach
    void release() {
        ResidentMatrices.release(blocks);
    }

    @Test
    void lendsOneMatrixToAll() {
        List<CompletableFuture<NativeMatrix>> borrowers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(this::borrowed))
                .limit(8)
                .toList();

        assertThat(borrowers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    @Test
    void keepsEachPartByItself() throws IOException {
        try (var train = borrow(blocks, Part.SEARCH_TRAIN);
                var validation = borrow(blocks, Part.SEARCH_VALIDATION)) {
            assertThat(train.matrix().labels()).hasSize(36);
            assertThat(validation.matrix().labels()).hasSize(12);
        }
    }

    @Test
    void loadsAgainAfterRelease() throws IOException {
        NativeMatrix before = borrowed();

        ResidentMatrices.release(blocks);

        assertThat(borrowed()).isNotSameAs(before);
    }

    @Test
    void freesWhatIsBorrowedWhenItComesBack() throws Exception {
        NativeMatrix before;
        try (var loan = borrow(blocks, Part.SEARCH_TRAIN)) {
            before = loan.matrix();
            ResidentMatrices.release(blocks);
            assertThat(before.matrix().rowNum()).isEqualTo(36);
        }

        assertThat(borrowed()).isNotSameAs(before);
    }

    @Test
    void makesRoomForOtherBlocks(SparkSession spark) throws IOException {
        NativeMatrix before = borrowed();
        MatrixBlocks others = write(spark, "others");

        borrow(others, Part.SEARCH_TRAIN).close();
        ResidentMatrices.release(others);

        assertThat(borrowed()).isNotSameAs(before);
    }

    @Test
    void triesAgainAfterAFailure() throws IOException {
        Path block = folder.resolve("blocks").resolve(blocks.blocks().get(0).file());
        Path hidden = folder.resolve("hidden");
        Files.move(block, hidden);
        assertThatThrownBy(() -> borrow(blocks, Part.SEARCH_TRAIN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(block.getFileName().toString());

        Files.move(hidden, block);

        assertThat(borrowed().labels()).hasSize(36);
    }

    private NativeMatrix borrowed() {
        try (var loan = borrow(blocks, Part.SEARCH_TRAIN)) {
            return loan.matrix();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static ResidentMatrices.Loan borrow(MatrixBlocks blocks, Part part) throws IOException {
        return ResidentMatrices.borrow(blocks, part, CONFIGURATION);
    }
}
