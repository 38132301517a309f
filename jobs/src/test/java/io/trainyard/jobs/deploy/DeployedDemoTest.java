package io.trainyard.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.databricks.sdk.service.jobs.JobSettings;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PipelineFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;

/** What is rendered for the demo stands in {@code conf/deploy}, and platforms understand it. */
class DeployedDemoTest {
    private static final Path ROOT = Path.of(System.getProperty("trainyard.root"));
    private static final Path DEMO = ROOT.resolve("conf/examples/demo.yaml");

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    @ParameterizedTest
    @CsvSource({
        "databricks, databricks",
        "emr, emr",
        "emr-serverless, serverless",
        "kubernetes, cluster",
        "dataproc, dataproc",
        "airflow, cluster",
        "cron, cluster",
        "github, cluster",
        "gitlab, cluster",
        "jenkins, cluster",
        "ansible, cluster",
        "docker, cluster"
    })
    void standsInTheConfigurationFolder(String platform, String target) throws IOException {
        Path folder = ROOT.resolve("conf/deploy").resolve(platform);
        String remedy =
                "render it anew: scripts/trainyard deploy %s conf/examples/demo.yaml --target %s --to conf/deploy/%s"
                        .formatted(platform, target, platform);
        List<RenderedFile> files = render(platform, target);
        for (RenderedFile file : files) {
            assertThat(folder.resolve(file.path())).as(remedy).content().isEqualTo(file.text());
            assertThat(Files.isExecutable(folder.resolve(file.path()))).isEqualTo(file.executable());
        }
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).as(remedy).hasSameSizeAs(files);
        }
    }

    @Test
    void databricksUnderstandsTheJob() throws IOException {
        JsonNode bundle = yaml(text("databricks", "databricks", "databricks.yml"));
        ObjectNode job = (ObjectNode) bundle.at("/resources/jobs/demo");

        assertThat(problem(job)).isEmpty();
        assertThat(problem(job.deepCopy().put("shedule", 1))).contains("shedule");
        ObjectNode wrong = job.deepCopy();
        ((ObjectNode) wrong.at("/job_clusters/0/new_cluster")).put("num_workers", "two");
        assertThat(problem(wrong)).contains("num_workers");
    }

    private static String problem(JsonNode job) {
        try {
            STRICT.treeToValue(job, JobSettings.class);
            return "";
        } catch (IOException wrong) {
            return wrong.getMessage();
        }
    }

    @Test
    void emrUnderstandsTheClusterAndTheSchedule() throws IOException {
        for (RenderedFile file : render("emr", "emr")) {
            if (file.path().equals("run-job-flow.json")) {
                assertUnderstood(RunJobFlowRequest.builder().build(), file, "ReleaseLabel", "Steps");
            } else if (file.path().equals("schedule.json")) {
                assertUnderstood(CreateScheduleRequest.builder().build(), file, "ScheduleExpression", "Target");
            }
        }
        assertThat(render("emr", "emr")).extracting(RenderedFile::path).contains("run-job-flow.json", "schedule.json");
        assertUnderstood(
                CreateScheduleRequest.builder().build(),
                file("emr-serverless", "serverless", "schedule.json"),
                "ScheduleExpression",
                "Target");
    }

    /** The model has every name and type of it; and says so where one is wrong. */
    private static void assertUnderstood(SdkPojo model, RenderedFile file, String... present) throws IOException {
        ObjectNode json = (ObjectNode) STRICT.readTree(file.text());
        for (String name : present) {
            assertThat(json.has(name)).as(name).isTrue();
        }
        assertThat(AwsModel.problems(model, json)).isEmpty();
        assertThat(AwsModel.problems(model, json.deepCopy().put("Stepz", 1))).containsExactly("Stepz: unknown");
        assertThat(AwsModel.problems(model, json.deepCopy().put(present[1], "text")))
                .singleElement()
                .asString()
                .startsWith(present[1] + ": expected");
    }

    /** The fields that the operator's schema of v1beta2 requires, and their types. */
    @Test
    void theOperatorFindsWhatItRequires() throws IOException {
        JsonNode scheduled = yaml(text("kubernetes", "cluster", "spark-application.yaml"));

        assertThat(operatorProblems(scheduled)).isEmpty();
        JsonNode planted = scheduled.deepCopy();
        ObjectNode template = (ObjectNode) planted.at("/spec/template");
        template.remove("sparkVersion");
        template.put("mode", "Cluster");
        ((ObjectNode) template.get("executor")).put("instances", "2");
        assertThat(operatorProblems(planted)).containsExactly("sparkVersion", "mode", "executor.instances");
    }

    private static List<String> operatorProblems(JsonNode scheduled) {
        List<String> problems = new ArrayList<>();
        if (!scheduled.path("kind").asText().equals("ScheduledSparkApplication")
                || !scheduled.at("/spec/schedule").isTextual()) {
            problems.add("schedule");
        }
        JsonNode spec = scheduled.at("/spec/template");
        for (String text : List.of("type", "sparkVersion", "mainApplicationFile", "mainClass", "image")) {
            if (!spec.path(text).isTextual()) {
                problems.add(text);
            }
        }
        if (!List.of("cluster", "client", "in-cluster-client")
                .contains(spec.path("mode").asText())) {
            problems.add("mode");
        }
        for (String number : List.of("driver.cores", "executor.cores", "executor.instances")) {
            if (!spec.at("/" + number.replace('.', '/')).isInt()) {
                problems.add(number);
            }
        }
        JsonNode restart = spec.path("restartPolicy");
        if (restart.path("type").asText().equals("OnFailure")
                && !(restart.path("onFailureRetryInterval").isInt()
                        && restart.path("onSubmissionFailureRetryInterval").isInt())) {
            problems.add("restartPolicy");
        }
        return problems;
    }

    @Test
    void dataprocUnderstandsTheBatch() throws IOException, ReflectiveOperationException {
        ObjectNode batch = (ObjectNode) STRICT.readTree(text("dataproc", "dataproc", "batch.json"));

        assertThat(DataprocModel.problem(batch.toString())).isEmpty();
        assertThat(DataprocModel.problem(batch.deepCopy().put("sparkBach", 1).toString()))
                .contains("sparkBach");
        ObjectNode wrong = batch.deepCopy();
        ((ObjectNode) wrong.at("/environmentConfig/executionConfig")).put("ttl", "6 hours");
        assertThat(DataprocModel.problem(wrong.toString())).contains("6 hour");
        wrong = batch.deepCopy();
        ((ObjectNode) wrong.get("sparkBatch")).putObject("args");
        assertThat(DataprocModel.problem(wrong.toString())).contains("args");
    }

    @Test
    void githubFindsWhatItRequires() throws IOException {
        JsonNode workflow = yaml(file("github", "cluster", "demo.yml").text());

        assertThat(PublishedSchema.problems("github-workflow", workflow)).isEmpty();
        JsonNode planted = workflow.deepCopy();
        ((ObjectNode) planted.at("/on/schedule/0")).put("cron", "every night");
        ((ObjectNode) planted.at("/jobs/run")).put("timeout", 360).remove("runs-on");
        ((ObjectNode) planted.at("/jobs/run/steps/0")).put("uses", "actions/checkout@v4");
        ((ObjectNode) planted.get("concurrency")).put("cancel-in-progress", 1);
        assertThat(String.join("\n", PublishedSchema.problems("github-workflow", planted)))
                .contains("cron", "'timeout'", "'runs-on'", "steps[0]", "cancel-in-progress");
    }

    @Test
    void gitlabFindsWhatItRequires() throws IOException {
        JsonNode pipeline = yaml(file("gitlab", "cluster", "demo.gitlab-ci.yml").text());

        assertThat(PublishedSchema.problems("gitlab-ci", pipeline)).isEmpty();
        JsonNode planted = pipeline.deepCopy();
        ObjectNode job = (ObjectNode) planted.get("demo");
        job.put("timeout", 21600).put("retries", 2).remove("script");
        ((ObjectNode) job.get("retry")).put("max", 5);
        ((ObjectNode) job.at("/rules/0")).put("when", "nightly");
        assertThat(String.join("\n", PublishedSchema.problems("gitlab-ci", planted)))
                .contains("timeout", "'retries'", "'script'", "retry.max", "rules[0].when");
    }

    @Test
    void jenkinsReadsThePipeline() {
        String jenkinsfile = text("jenkins", "cluster", "Jenkinsfile");

        assertThat(JenkinsModel.problems(jenkinsfile)).isEmpty();
        assertThat(JenkinsModel.problems(jenkinsfile + "}"))
                .singleElement()
                .asString()
                .startsWith("syntax: ");
        assertThat(JenkinsModel.problems(jenkinsfile
                        .replace("triggers {", "trigger {")
                        .replace("image '", "img '")
                        .replace("timeout(", "timeOut(")
                        .replace("steps {", "step {")))
                .containsExactlyInAnyOrder(
                        "'trigger' in 'pipeline'",
                        "'img' in 'docker'",
                        "no 'image' in 'docker'",
                        "'timeOut' in 'options'",
                        "'step' in 'stage'",
                        "no 'steps' in 'stage'");
    }

    @Test
    void shellsReadEveryScript(@TempDir Path folder) throws IOException, InterruptedException {
        List<Path> scripts = files(folder, ".sh");
        assertThat(scripts).hasSizeGreaterThan(4);
        for (Path script : scripts) {
            assertThat(run("bash", "-n", script.toString())).isEmpty();
        }
        Files.writeString(folder.resolve("planted.sh"), "if true; then\n");
        assertThat(run("bash", "-n", folder.resolve("planted.sh").toString())).contains("syntax error");
        assumeTrue(installed("shellcheck"), "shellcheck is not installed");
        for (Path script : scripts) {
            assertThat(run("shellcheck", script.toString())).isEmpty();
        }
    }

    @Test
    void pythonCompilesTheDag(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(installed("python3"), "python3 is not installed");
        Path dag = files(folder, ".py").get(0);

        assertThat(run("python3", "-m", "py_compile", dag.toString())).isEmpty();
        Path planted = Files.writeString(folder.resolve("planted.py"), Files.readString(dag) + "with:\n");
        assertThat(run("python3", "-m", "py_compile", planted.toString())).contains("SyntaxError");
    }

    /** No Java model of EMR Serverless is on the test's class path; that of Amazon's Python library is asked where it is installed. */
    @Test
    void emrServerlessUnderstandsTheRun(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(
                installed("python3") && run("python3", "-c", "import botocore").isEmpty(), "botocore is not installed");
        ObjectNode start = (ObjectNode) STRICT.readTree(text("emr-serverless", "serverless", "start-job-run.json"));
        start.put("clientToken", "filled in by whoever calls");

        assertThat(botocoreProblems(folder, start)).isEmpty();
        ObjectNode planted = start.deepCopy().put("jobDrivr", 1).put("executionTimeoutMinutes", "6 hours");
        assertThat(botocoreProblems(folder, planted)).contains("jobDrivr").contains("executionTimeoutMinutes");
    }

    private static String botocoreProblems(Path folder, JsonNode start) throws IOException, InterruptedException {
        Path parameters = Files.writeString(folder.resolve("start.json"), start.toString());
        return run("python3", "-c", """
                import json, sys
                import botocore.session
                from botocore.validate import ParamValidator
                model = botocore.session.get_session().get_service_model("emr-serverless")
                shape = model.operation_model("StartJobRun").input_shape
                report = ParamValidator().validate(json.load(open(sys.argv[1])), shape)
                sys.exit(report.generate_report() if report.has_errors() else 0)
                """, parameters.toString());
    }

    @Test
    void ansibleReadsThePlaybook(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(installed("ansible-playbook"), "ansible-playbook is not installed");
        files(folder, ".yml");

        String said = run(
                "ansible-playbook",
                "--syntax-check",
                folder.resolve("ansible/site.yml").toString());
        assertThat(said).doesNotContain("ERROR");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : "exit code " + process.exitValue() + "\n" + said;
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Everything that is rendered for the demo, written; those of the files that end so. */
    private static List<Path> files(Path folder, String ending) throws IOException {
        List<Path> written = new ArrayList<>();
        for (String platform : Platforms.names()) {
            written.addAll(JobDefinitions.write(
                    JobDefinitions.render(platform, demo(target(platform)), DEMO, Optional.of(target(platform))),
                    folder.resolve(platform)));
        }
        return written.stream().filter(path -> path.toString().endsWith(ending)).collect(Collectors.toList());
    }

    private static String target(String platform) {
        return Map.of(
                        "databricks", "databricks",
                        "emr", "emr",
                        "emr-serverless", "serverless",
                        "dataproc", "dataproc")
                .getOrDefault(platform, "cluster");
    }

    private static List<RenderedFile> render(String platform, String target) {
        return JobDefinitions.render(platform, demo(target), DEMO, Optional.of(target))
                .files();
    }

    private static RenderedFile file(String platform, String target, String path) {
        return render(platform, target).stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static String text(String platform, String target, String path) {
        return file(platform, target, path).text();
    }

    private static Pipeline demo(String target) {
        return PipelineFile.load(DEMO, Optional.of(target), List.of(), Map.of());
    }

    private static JsonNode yaml(String text) {
        return STRICT.valueToTree(new org.yaml.snakeyaml.Yaml().load(text));
    }
}
