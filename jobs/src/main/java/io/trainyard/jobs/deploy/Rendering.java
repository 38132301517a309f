package io.trainyard.jobs.deploy;

import java.nio.file.Path;
import java.util.List;

/**
 * What a platform makes of a deployment.
 *
 * @param next commands, or sentences where there is none, that lead from the files to a running job; they are given in the folder of a
 *     checkout, and {@link #FOLDER} stands in them for the folder of the files
 */
public record Rendering(List<RenderedFile> files, List<String> next) {
    static final String FOLDER = "@DIR@";

    public Rendering {
        files = List.copyOf(files);
        next = List.copyOf(next);
    }

    /** The commands once the files are in a folder. */
    public List<String> next(Path folder) {
        String quoted = Shell.quote(folder.toString());
        return next.stream().map(line -> line.replace(FOLDER, quoted)).toList();
    }
}
