package io.trainyard.jobs.deploy;

import io.trainyard.jobs.config.CronSchedule;
import io.trainyard.jobs.config.DeployConfig;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.SourceConfig;
import io.trainyard.jobs.config.VariableConfig;
import io.trainyard.jobs.config.binding.DataPath;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All that a platform needs to know of a job.
 *
 * @param file the pipeline file, on this machine
 * @param target the overlay that was chosen, and that the job chooses again
 * @param defaults what every job wants of Spark
 */
record Deployment(Pipeline pipeline, Path file, Optional<String> target, Map<String, String> defaults) {
    static final String MAIN = "io.trainyard.jobs.command.Main";

    /** Spark, Scala, Java and Delta as this release was tested with; a test holds them to the build. */
    static final String SPARK = "3.5.6";

    static final String DELTA = "3.3.2";

    /** Where images and installed machines have the jar and the script that finds GPUs. */
    static final String HOME = "/opt/trainyard";

    Deployment {
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    }

    DeployConfig config() {
        return pipeline.deploy();
    }

    /** The name of the job. */
    String name() {
        return pipeline.name();
    }

    /** The name as Kubernetes and others take names: small letters, digits and {@code -}. */
    String label() {
        String label = name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return label.substring(0, Math.min(label.length(), 50)).replaceAll("-+$", "");
    }

    /** A comment for the head of a rendered file. */
    String head(String platform) {
        return "Rendered by 'trainyard deploy %s%s' from %s: change that file, and render again."
                .formatted(platform, target.map(name -> " --target " + name).orElse(""), fileName());
    }

    String fileName() {
        return file.getFileName().toString();
    }

    /** The folder that the job reads. */
    String files() {
        return config().files().map(DataPath::resolved).orElseThrow().replaceAll("/+$", "");
    }

    /** The jar in the folder that the job reads. */
    String jar() {
        return files() + "/trainyard.jar";
    }

    /** The pipeline file where the job reads it. */
    String jobFile() {
        return files() + "/" + fileName();
    }

    /** Command and arguments of the job. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(config().command().toString(), jobFile()));
        target.ifPresent(name -> arguments.addAll(List.of("--target", name)));
        return Collections.unmodifiableList(arguments);
    }

    /** The arguments with a logical time that the scheduler fills in, so that a retry is the same run. */
    List<String> arguments(String asOf) {
        List<String> arguments = new ArrayList<>(arguments());
        arguments.addAll(List.of("--as-of", asOf));
        return Collections.unmodifiableList(arguments);
    }

    Optional<CronSchedule> cron() {
        return config().cron();
    }

    /** The time zone of the schedule. */
    ZoneId zone() {
        return config().timezone().orElse(pipeline.timezone());
    }

    /** Its name, as schedulers know it. */
    String zoneName() {
        return zone().normalized().equals(ZoneOffset.UTC) ? "UTC" : zone().getId();
    }

    /** Where the job finds the files of the sources. */
    List<String> sourcePlaces() {
        return pipeline.sources().values().stream()
                .filter(SourceConfig.Files.class::isInstance)
                .map(source -> location(((SourceConfig.Files) source).path()))
                .toList();
    }

    /** Settings of Spark that are neither sizes nor GPUs: the defaults, and over them the file's own. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(defaults);
        config().spark().forEach((key, value) -> settings.put(key, value.value()));
        sizes().keySet().forEach(settings::remove);
        return settings;
    }

    /** Sizes as settings of Spark. */
    Map<String, String> sizes() {
        Map<String, String> sizes = new LinkedHashMap<>();
        sizes.put("spark.driver.cores", String.valueOf(config().driver().cores()));
        sizes.put("spark.driver.memory", config().driver().memory());
        sizes.put("spark.executor.instances", String.valueOf(config().executors()));
        sizes.put("spark.executor.cores", String.valueOf(config().executor().cores()));
        sizes.put("spark.executor.memory", config().executor().memory());
        sizes.put("spark.executor.memoryOverhead", config().executor().overhead());
        return sizes;
    }

    /** GPUs as settings of Spark, one task for each where the file does not say otherwise; none without GPUs. */
    Map<String, String> gpus() {
        Map<String, String> gpus = new LinkedHashMap<>();
        if (config().executor().gpus() > 0) {
            gpus.put(
                    "spark.executor.resource.gpu.amount",
                    String.valueOf(config().executor().gpus()));
            gpus.put("spark.executor.resource.gpu.discoveryScript", HOME + "/gpu-discovery");
            gpus.put("spark.task.resource.gpu.amount", "1");
            gpus.keySet().removeAll(config().spark().keySet());
        }
        return gpus;
    }

    /** Settings, sizes and GPUs together. */
    Map<String, String> everything() {
        Map<String, String> all = settings();
        all.putAll(sizes());
        all.putAll(gpus());
        return all;
    }

    /** Variables whose values everyone may read. */
    Map<String, String> clearVariables() {
        Map<String, String> clear = new LinkedHashMap<>();
        config().environment().forEach((name, variable) -> {
            if (variable instanceof VariableConfig.Clear value) {
                clear.put(name, value.value().value());
            }
        });
        return clear;
    }

    /** Names of secrets by the variables that receive them. */
    Map<String, String> secrets() {
        Map<String, String> secrets = new LinkedHashMap<>();
        config().environment().forEach((name, variable) -> {
            if (variable instanceof VariableConfig.Secret secret) {
                secrets.put(name, secret.secret());
            }
        });
        return secrets;
    }

    /**
     * Where the job finds data of the pipeline: a relative path begins at the folder of the pipeline file, which is there the folder of
     * the job's files.
     */
    String location(DataPath path) {
        if (!path.relative()) {
            return path.resolved();
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        String below = folder.relativize(Path.of(path.resolved())).toString().replace('\\', '/');
        String base = files();
        while (below.startsWith("../") && base.matches(".*[^/]/[^/]+")) {
            below = below.substring(3);
            base = base.substring(0, base.lastIndexOf('/'));
        }
        return below.isEmpty() ? base : base + "/" + below;
    }
}
