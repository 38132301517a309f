package io.trainyard.features.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void equalFactsGiveEqualHashes() {
        assertThat(Fingerprint.of("set", 1).add("label", "y").hex())
                .isEqualTo(Fingerprint.of("set", 1).add("label", "y").hex())
                .matches("[0-9a-f]{64}");
    }

    @Test
    void factsDoNotRunTogether() {
        assertThat(Fingerprint.of("set", 1).add("a", "bc").hex())
                .isNotEqualTo(Fingerprint.of("set", 1).add("ab", "c").hex());
        assertThat(Fingerprint.of("set", 1).addAll("a", List.of("b", "c")).hex())
                .isNotEqualTo(Fingerprint.of("set", 1)
                        .addAll("a", List.of("b"))
                        .add("c", "")
                        .hex());
    }

    @Test
    void newSemanticsOutdateEverything() {
        assertThat(Fingerprint.of("set", 1).hex())
                .isNotEqualTo(Fingerprint.of("set", 2).hex());
    }

    @Test
    void schemaIsNamesAndTypesInOrder() {
        StructType schema = new StructType().add("a", "int").add("b", "string");

        assertThat(Fingerprint.of(schema))
                .isEqualTo(Fingerprint.of(
                        new StructType().add("a", DataTypes.IntegerType, false).add("b", "string")))
                .isNotEqualTo(Fingerprint.of(new StructType().add("b", "string").add("a", "int")))
                .isNotEqualTo(Fingerprint.of(new StructType().add("a", "bigint").add("b", "string")));
    }
}
