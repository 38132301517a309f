package io.trainyard.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

class PipelineSchemaTest {
    private static final String VIEWS =
            "name: p\nsources: {tx: {path: data, event_time: t}}\ntraining: {rows: tx, label: y}\nviews: ";
    private static final String TESTS =
            "name: p\ntraining: {rows: tx, label: y}\nsources: {tx: {path: data, event_time: t, tests: ";
    private static final String START = "name: p\nsources: {tx: data}\n";

    private final JsonSchema schema =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(PipelineSchema.json());

    @ParameterizedTest
    @ValueSource(
            strings = {
                Examples.FULL,
                Examples.VIEWS,
                Examples.WATCHED,
                Examples.BY_COLUMN,
                Examples.OWN_TEST_ROWS,
                Examples.JSON
            })
    void agreesWithTheLoaderOnWhatIsRight(String text, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), text);

        assertThat(PipelineFile.load(file, Optional.empty(), List.of(), Map.of("DB_PASSWORD", "x")))
                .isNotNull();
        assertThat(schema.validate(json(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: p",
                "name: ../p\nsources: {tx: data}\ntraining: {rows: tx, label: y}",
                "name: p\nsources: {my-tx: data}\ntraining: {rows: my-tx, label: y}",
                "name: p\nsources: {tx: {path: data, table: t}}\ntraining: {rows: tx, label: y}",
                "name: p\nsources: {tx: {table: t, format: csv}}\ntraining: {rows: tx, label: y}",
                "name: p\nsources: {}\ntraining: {rows: tx, label: y}",
                START + "training: {rows: tx}",
                START + "training: {rows: tx, label: y, labl: y}",
                START + "training: {rows: tx, label: y, task: guess}",
                START + "training: {rows: tx, label: y, split: time}",
                START + "training: {rows: tx, label: y, split: {by: hash, gap: 7 days}}",
                START + "training: {rows: tx, label: y, split: {by: hash, validation: 1.5}}",
                START + "training: {rows: tx, label: y, split: {by: hash, folds: 1}}",
                START + "training: {rows: tx, label: y}\nsearch: {trails: 1}",
                START + "training: {rows: tx, label: y}\nsearch: {trials: 0}",
                START + "training: {rows: tx, label: y}\nsearch: {trials: many}",
                START + "training: {rows: tx, label: y}\nsearch: {trials: '7'}",
                START + "training: {rows: tx, label: y}\nsearch: {timeout: 1 month}",
                START + "training: {rows: tx, label: y}\nsearch: {lockstep: 'true'}",
                START + "training: {rows: tx, label: y}\nsearch: {space: {xgbost: {eta: 1}}}",
                START + "training: {rows: tx, label: y}\nsearch: {space: {xgboost: {eta: {high: 1}}}}",
                START + "training: {rows: tx, label: y}\nregister: {promote_if: [{at_least: 1}]}",
                START + "training: {rows: tx, label: y}\nregister: {promote_if: [{min: {auc: 1}}]}",
                START + "training: {rows: tx, label: y}\nscore: {rows: tx}",
                VIEWS + "{v: {entity: c, columns: [a]}}",
                VIEWS + "{v: {source: tx, columns: [a]}}",
                VIEWS + "{v: {source: tx, entity: c}}",
                VIEWS + "{v: {source: tx, entity: c, columns: [a], windows: 1 day}}",
                VIEWS + "{v: {source: tx, entity: c, columns: [a b]}}",
                VIEWS + "{v: {source: tx, entity: c, columns: {a-b: a}}}",
                VIEWS + "{v: {source: tx, entity: c, columns: [a], max_age: old}}",
                VIEWS + "{v-w: {source: tx, entity: c, columns: [a]}}",
                VIEWS + "{v: {source: tx, entity: c, windows: [], aggregate: {n: count(*)}}}",
                VIEWS + "{v: {source: tx, entity: c, columns: [a], tests: [{not_null: []}]}}",
                TESTS + "[{range: a, min: low}]}}",
                TESTS + "[{in_set: a}]}}",
                TESTS + "[{not_null: a, else: ignore}]}}",
                TESTS + "[{not_null: a, else: warn, max_share: 2}]}}",
                TESTS + "[{row_count: {min: 1}, max_share: 0.1}]}}",
                TESTS + "[a]}}",
                "name: p\nsources: {tx: {path: data, private: {a: hide}}}\ntraining: {rows: tx, label: y}",
                "name: p\nsources: {tx: {path: d, event_time: t, known_at: [a]}}\ntraining: {rows: tx, label: y}",
                START + "training: {rows: tx, label: y}\ntargets: {prod: {serch: {}}}",
                "version: 2\nname: p\nsources: {tx: data}\ntraining: {rows: tx, label: y}"
            })
    void agreesWithTheLoaderOnWhatIsBroken(String text, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), text);

        assertThat(problems(file)).as("the loader").isNotEmpty();
        assertThat(schema.validate(json(text))).as("the schema").isNotEmpty();
    }

    @Test
    void everyKeyIsDescribed() throws IOException {
        JsonNode root = new ObjectMapper().readTree(PipelineSchema.json());

        assertThat(root.findValues("properties"))
                .flatExtracting(properties -> properties.properties())
                .filteredOn(property -> !property.getValue().has("const"))
                .hasSizeGreaterThan(40)
                .allSatisfy(property -> assertThat(
                                property.getValue().path("description").asText())
                        .as(property.getKey())
                        .isNotBlank());
    }

    @Test
    void defaultsAndNamesComeFromTheRecords() throws IOException {
        JsonNode search = new ObjectMapper().readTree(PipelineSchema.json()).at("/$defs/SearchConfig/properties");

        assertThat(search.at("/trials/default").asInt()).isEqualTo(40);
        assertThat(search.at("/learners/default").toString()).isEqualTo("[\"xgboost\"]");
        assertThat(search.at("/sampler/anyOf/0/enum").toString())
                .isEqualTo("[\"auto\",\"tpe\",\"gp\",\"nsga2\",\"random\",\"sobol\",\"grid\"]");
    }

    /** The schema is a schema: the rules of its own draft hold for it. */
    @Test
    void isAValidSchema() throws IOException {
        Set<ValidationMessage> messages = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(URI.create("https://json-schema.org/draft/2020-12/schema"))
                .validate(new ObjectMapper().readTree(PipelineSchema.json()));

        assertThat(messages).isEmpty();
    }

    private static List<?> problems(Path file) {
        try {
            PipelineFile.load(file, Optional.empty(), List.of(), Map.of());
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems();
        }
    }

    /** As an editor reads YAML: numbers and truth values of the core schema, and dates as texts. */
    private static JsonNode json(String yaml) {
        Resolver resolver = new Resolver() {
            @Override
            protected void addImplicitResolvers() {
                addImplicitResolver(Tag.BOOL, Pattern.compile("true|false"), "tf");
                addImplicitResolver(Tag.INT, INT, "-+0123456789");
                addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
            }
        };
        LoaderOptions options = new LoaderOptions();
        DumperOptions dumper = new DumperOptions();
        Object tree =
                new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, resolver).load(yaml);
        return new ObjectMapper().valueToTree(tree);
    }
}
