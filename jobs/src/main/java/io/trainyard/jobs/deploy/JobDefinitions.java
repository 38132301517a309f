package io.trainyard.jobs.deploy;

import io.trainyard.jobs.config.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a pipeline to the files of its job on a platform. */
public final class JobDefinitions {
    private JobDefinitions() {}

    /**
     * The files, not yet written.
     *
     * @param file where the pipeline was read from, on this machine
     * @param target the overlay that it was read under
     * @throws DeploymentException with everything that cannot work there, or when there is no such platform
     */
    public static Rendering render(String platform, Pipeline pipeline, Path file, Optional<String> target) {
        Platform chosen = Platforms.named(platform);
        Deployment deployment = new Deployment(pipeline, file, target, SparkDefaults.load());
        Refusals refusals = new Refusals();
        chosen.check(deployment, refusals);
        if (!refusals.problems().isEmpty()) {
            throw DeploymentException.of(file.toString(), platform, refusals.problems());
        }
        return chosen.render(deployment);
    }

    /**
     * Writes them below a folder, over what an earlier rendering left there.
     *
     * @return the files, in order
     * @throws DeploymentException if the folder cannot be made
     */
    public static List<Path> write(Rendering rendering, Path folder) {
        List<Path> written = new ArrayList<>();
        try {
            for (RenderedFile file : rendering.files()) {
                Path path = folder.resolve(file.path());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.text());
                if (file.executable() && !path.toFile().setExecutable(true)) {
                    throw new DeploymentException("Cannot make %s executable".formatted(path));
                }
                written.add(path);
            }
            return written;
        } catch (FileAlreadyExistsException | NotDirectoryException e) {
            throw new DeploymentException(
                    "Cannot write to %s: %s is there already, and no folder. Name another with --to"
                            .formatted(folder, e.getFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + folder, e);
        }
    }
}
