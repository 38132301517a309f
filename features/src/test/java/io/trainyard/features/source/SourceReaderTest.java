package io.trainyard.features.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.view.FileFormat;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class SourceReaderTest {

    private final SparkSession spark;
    private final SourceReader reader;

    @TempDir
    Path folder;

    SourceReaderTest(SparkSession spark) {
        this.spark = spark;
        this.reader = new SourceReader(spark, ZoneOffset.UTC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc", "json", "csv", "delta"})
    void foldersTellTheirFormat(String format) {
        String path = folder.resolve("data").toString();
        spark.range(3).write().format(format).option("header", true).save(path);

        assertThat(json(read(path).selectExpr("cast(id as int) as id").orderBy("id")))
                .containsExactly("{\"id\":0}", "{\"id\":1}", "{\"id\":2}");
    }

    @Test
    void nothingAtAllIsRefused() throws IOException {
        write("empty.csv");
        Files.createDirectory(folder.resolve("folder"));

        assertThatThrownBy(() -> read("empty.csv")).hasMessageContaining("holds no data (1 files, 0 bytes)");
        assertThatThrownBy(() -> read("folder")).hasMessageContaining("holds no data (0 files, 0 bytes)");
    }

    @Test
    void aMissingPathNamesWhatIsNearest() throws IOException {
        write("transactions.csv", "id", "1");

        assertThatThrownBy(() -> read("transaction.csv"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("nothing is at file:" + folder + "/transaction.csv")
                .hasMessageContaining("did you mean 'transactions.csv'?");
        assertThatThrownBy(() -> read("nowhere/rows.csv"))
                .hasMessageContaining("folder file:" + folder + "/nowhere does not exist either");
    }

    @Test
    void columnsThatDifferInLetterCaseAreRefused() throws IOException {
        write("rows.csv", "id,Amount,amount", "1,2,3");

        assertThatThrownBy(() -> read("rows.csv"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("columns Amount, amount have one name");
        assertThatThrownBy(() -> read(query("SELECT 1 AS a, 2 AS A")))
                .hasMessageContaining("columns a, A have one name");
    }

    @Test
    void namesThatTellNoFormatNeedADeclaration() throws IOException {
        write("rows.dat", "id", "1");
        write("mixed/rows.csv", "id", "1");
        write("mixed/rows.json", "{}");

        assertThatThrownBy(() -> read("rows.dat"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot tell the format of source 'rows'")
                .hasMessageContaining("declare its format (parquet, csv,");
        assertThatThrownBy(() -> read("mixed")).hasMessageContaining("several formats (rows.csv, rows.json)");
        Location declared =
                new Location.Files(folder.resolve("rows.dat").toString(), Optional.of(FileFormat.CSV), Map.of());
        assertThat(json(read(Source.of("rows", declared)))).containsExactly("{\"id\":1}");
    }

    @Test
    void filesThatAreNotWhatTheirNamesSayAreRefused() throws IOException {
        write("rows.parquet", "this is text");

        assertThatThrownBy(() -> read("rows.parquet"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot read source 'rows' as parquet");
        Location declared = new Location.Files(folder.toString(), Optional.of(FileFormat.DELTA), Map.of());
        assertThatThrownBy(() -> read(Source.of("rows", declared))).hasMessageContaining("no Delta table is at");
    }

    @Test
    void foldersInFoldersPartitionsAndPatternsAreRead() throws IOException {
        write("nested/2018/01.csv", "id", "1");
        write("nested/2018/02.csv", "id", "2");
        write("nested/_temporary/03.csv", "id", "3");
        write("parts/day=2018-01-01/rows.csv", "id", "1");

        assertThat(read("nested").count()).isEqualTo(2);
        assertThat(read("nested/*/01.csv").count()).isEqualTo(1);
        assertThat(read("parts").columns()).containsExactly("id", "day");
    }

    @Test
    void namesWithSpacesAndOtherLettersAreRead() throws IOException {
        write("größe [m]/mein csv.csv", "größe [m],a b", "1,2");

        assertThat(read("größe [m]").columns()).containsExactly("größe [m]", "a b");
        spark.range(3).write().format("delta").save(folder.resolve("delta [m]").toString());
        assertThat(read("delta [m]").count()).isEqualTo(3);
    }

    @Test
    void timestampsWithoutZoneAreRefusedNowhereAndBecomeTimestamps() {
        String path = folder.resolve("rows").toString();
        spark.sql("SELECT TIMESTAMP_NTZ'2018-08-08 10:00:00' AS `at.time`")
                .write()
                .parquet(path);

        Dataset<Row> rows = read(path);

        assertThat(rows.schema().toDDL()).isEqualTo("`at.time` TIMESTAMP");
        assertThat(json(rows)).containsExactly("{\"at.time\":\"2018-08-08T10:00:00.000Z\"}");
    }

    @Test
    void theSessionMustBeInTheZone() {
        assertThatThrownBy(() -> new SourceReader(spark, ZoneId.of("Europe/Berlin")))
                .hasMessageContaining("Cannot read sources in time zone Europe/Berlin")
                .hasMessageContaining("spark.sql.session.timeZone, which is UTC");
    }

    @Test
    void tablesAndQueriesAreRead() {
        spark.range(3).write().format("delta").saveAsTable("numbers");

        assertThat(read(Source.of("n", new Location.Table("numbers"))).count()).isEqualTo(3);
        assertThat(json(read(query("SELECT sum(id) AS total FROM numbers")))).containsExactly("{\"total\":3}");
        spark.sql("DROP TABLE numbers");
    }

    @Test
    void mistakesInTablesAndQueriesAreNamed() {
        assertThatThrownBy(() -> read(Source.of("n", new Location.Table("nowhere"))))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot read source 'n': table 'nowhere' is not to be had");
        assertThatThrownBy(() -> read(query("SELECT nothing")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot run the query of source 'query'")
                .hasMessageContaining("nothing");
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

    private static Source query(String sql) {
        return Source.of("query", new Location.Query(sql));
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
