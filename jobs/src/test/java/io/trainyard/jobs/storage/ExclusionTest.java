package io.trainyard.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExclusionTest {

    @ParameterizedTest
    @CsvSource({
        "hdfs,  false, RENAME",
        "abfs,  false, RENAME",
        "abfss, true,  RENAME",
        "gs,    false, PUT",
        "s3a,   false, NONE",
        "s3a,   true,  PUT",
        "s3,    false, NONE",
        "dbfs,  false, NONE",
        "dbfs,  true,  RENAME",
    })
    void followsTheSchemeAndTheUsersWord(String scheme, boolean singleWriter, Exclusion expected) throws IOException {
        assertThat(Exclusion.of(new Named(scheme, false), new Path("/"), singleWriter))
                .isEqualTo(expected);
    }

    @Test
    void conditionalUploadsAreUsedWhereTheStoreHasThem() throws IOException {
        assertThat(Exclusion.of(new Named("s3a", true), new Path("/"), false)).isEqualTo(Exclusion.CONDITIONAL_PUT);
    }

    /** A file system that is asked for nothing but its scheme and whether it has conditional uploads. */
    private static final class Named extends RawLocalFileSystem {

        private final String scheme;
        private final boolean conditional;

        Named(String scheme, boolean conditional) {
            this.scheme = scheme;
            this.conditional = conditional;
        }

        @Override
        public URI getUri() {
            return URI.create(scheme + "://bucket/");
        }

        @Override
        public boolean hasPathCapability(Path path, String capability) {
            return conditional && capability.equals("fs.option.create.conditional.overwrite");
        }
    }
}
