package io.trainyard.features.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class TextFilesTest {

    private final SourceReader reader;

    @TempDir
    Path folder;

    TextFilesTest(SparkSession spark) {
        this.reader = new SourceReader(spark, ZoneOffset.UTC);
    }

    @Test
    void csvTypesAreInferred() throws IOException {
        write("rows.csv", "id,price,day,at,ok,name", "1,1.5,2018-08-08,2018-08-08 10:00:00,true,\"a, b\"");

        assertThat(read("rows.csv").schema().toDDL())
                .isEqualTo("id INT,price DOUBLE,day DATE,at TIMESTAMP,ok BOOLEAN,name STRING");
    }

    @Test
    void malformedRowsOfCsvAreCountedAndShown() throws IOException {
        write("rows/a.csv", "id,name", "1,a", "2,b,too much", "3");
        write("rows/b.csv", "id,name", "4,d");

        assertThatThrownBy(() -> read("rows"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot read source 'rows': 2 malformed rows, such as '2,b,too much' in file:")
                .hasMessageContaining("rows/a.csv")
                .hasMessageContaining("mode: DROPMALFORMED");
    }

    @Test
    void malformedRowsAreReadPastWhereThatIsDeclared() throws IOException {
        write("rows.csv", "id,name", "1,a", "2,b,too much");

        assertThat(json(read(files("rows.csv", Map.of("mode", "DROPMALFORMED")))))
                .containsExactly("{\"id\":1,\"name\":\"a\"}");
    }

    @Test
    void malformedRowsOfJsonAreCountedAndShown() throws IOException {
        write("rows.jsonl", "{\"id\": 1}", "{\"id\": 2", "{\"id\": 3}");

        assertThatThrownBy(() -> read("rows.jsonl"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("1 malformed rows, such as '{\"id\": 2'");
    }

    @Test
    void jsonThatSpansLinesNeedsItsOption() throws IOException {
        write("rows.json", "[", "{\"id\":", "1}", "]");

        assertThatThrownBy(() -> read("rows.json")).hasMessageContaining("add the option multiLine: true");
        assertThat(json(read(files("rows.json", Map.of("multiLine", "true"))))).containsExactly("{\"id\":1}");
    }

    @Test
    void filesWithTheirColumnsInAnotherOrderAreRefused() throws IOException {
        write("rows/a.csv", "id,amount", "1,10");
        write("rows/b.csv", "amount,id", "10,1");

        assertThatThrownBy(() -> read("rows"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot read source 'rows' as csv")
                .hasMessageContaining("header does not conform")
                .hasMessageContaining("rows/b.csv");
    }

    @Test
    void headerOnlyIsNoRows() throws IOException {
        write("rows.csv", "id,name");

        assertThat(json(read("rows.csv"))).isEmpty();
        assertThat(reader.schema(files("rows.csv", Map.of())).fieldNames()).containsExactly("id", "name");
    }

    private Dataset<Row> read(String path) {
        return read(files(path, Map.of()));
    }

    private Dataset<Row> read(Source source) {
        return reader.read(source);
    }

    private Source files(String path, Map<String, String> options) {
        return Source.of("rows", new Location.Files(folder.resolve(path).toString(), Optional.empty(), options));
    }

    private void write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }

    private static List<String> json(Dataset<Row> rows) {
        return rows.toJSON().collectAsList();
    }
}
