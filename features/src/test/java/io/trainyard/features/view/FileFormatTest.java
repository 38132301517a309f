package io.trainyard.features.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileFormatTest {

    @ParameterizedTest
    @CsvSource({
        "a.csv, CSV",
        "A.CSV, CSV",
        "a.csv.gz, CSV",
        "part-0.snappy.parquet, PARQUET",
        "a.jsonl, JSON",
        "a.json.bz2, JSON",
        "a.ndjson, JSON",
        "a.orc, ORC",
        "a.avro, AVRO"
    })
    void namesTellFormats(String name, FileFormat format) {
        assertThat(FileFormat.ofFileName(name)).contains(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.txt", "csv.", "data", "data.gz", ".gz", ""})
    void otherNamesTellNone(String name) {
        assertThat(FileFormat.ofFileName(name)).isEmpty();
    }

    @Test
    void namesForMessages() {
        assertThat(FileFormat.names()).isEqualTo("parquet, csv, json, orc, avro, delta");
    }
}
