package io.trainyard.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PipelineFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user writes reaches the job as written, whatever shells and templates make of such signs. */
class HostileValuesTest {
    private static final String HOSTILE = "a 'b' \"c\" $HOME `id` $(id) \\ ${x} {{ y }} {% z %} * ; # | & > < ! ~ é";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {HOSTILE, "", "'", "plain-1.0/x=y", "-n", "a\nb", "=x"})
    void aShellReadsAQuotedWordAsItWas(String text) throws IOException, InterruptedException {
        assertThat(run(folder, "bash", "-c", "printf %s " + Shell.quote(text))).isEqualTo(text);
    }

    /** A program of the name that a script calls, which says with what it was called. */
    @ParameterizedTest
    @CsvSource({"docker, run.sh, docker", "kubernetes, submit.sh, spark-submit"})
    void scriptsHandTheValueOn(String platform, String script, String program)
            throws IOException, InterruptedException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path standIn = Files.writeString(bin.resolve(program), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(standIn.toFile().setExecutable(true)).isTrue();
        JobDefinitions.write(rendering(platform), folder);

        String said = run(folder, folder.resolve(script).toString());

        assertThat(said.lines()).as("a setting of Spark").contains("spark.trainyard.test=" + HOSTILE);
    }

    @Test
    void theDagHoldsTheValueAsAText() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not installed");
        Path dag = JobDefinitions.write(rendering("airflow"), folder).get(0);

        // Airflow renders the literal once, so that what it gives is the value: a literal of Jinja around what Jinja
        // would read.
        String said = run(folder, "python3", "-c", """
                import ast, sys
                texts = [n.value for n in ast.walk(ast.parse(open(sys.argv[1]).read())) if isinstance(n, ast.Constant)]
                sys.stdout.write("\\n".join(str(text) for text in texts))
                """, dag.toString());

        assertThat(said.lines()).contains(Jinja.literal(HOSTILE));
    }

    @Test
    void jenkinsReadsALiteral() {
        assertThat(Jenkins.groovy("it's \\ $x")).isEqualTo("'it\\'s \\\\ $x'");
        assertThat(Jenkins.groovy("a\n'''b")).isEqualTo("'''a\n\\'\\'\\'b'''");
    }

    private Rendering rendering(String platform) throws IOException {
        String yaml = """
                name: p
                warehouse: gs://b/w
                sources: {tx: "gs://b/d"}
                training: {rows: tx, label: y}
                deploy:
                  files: gs://b/t
                  image: "t:1"
                  master: spark://m:7077
                  kubernetes: {server: "https://k:6443"}
                  spark:
                    spark.trainyard.test: '%s'
                """.formatted(HOSTILE.replace("'", "''").replace("${", "$${"));
        Path file = Files.writeString(folder.resolve("p.yaml"), yaml);
        Pipeline pipeline = PipelineFile.load(file, Optional.empty(), List.of(), Map.of());
        return JobDefinitions.render(platform, pipeline, file, Optional.empty());
    }

    private static String run(Path home, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().merge("PATH", "", (path, none) -> home.resolve("bin") + ":" + path);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(errors).isZero();
        return said;
    }
}
