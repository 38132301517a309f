package io.trainyard.jobs.deploy;

import java.util.regex.Pattern;

/** What the names of machines say of their GPUs. */
final class Machines {
    /** Families with NVIDIA GPUs on AWS, Azure and Google Cloud; g4ad of AWS has those of another maker. */
    private static final Pattern WITH_GPUS = Pattern.compile(
            "(p[2-6][a-z]*|g(3s?|4dn|5g?|6e?|6f|r6))(-[a-z0-9]+)?\\.\\w+|Standard_N[CDVG].*|(a2|a3|a4|g2)-.*");

    private Machines() {}

    static boolean haveGpus(String machine) {
        return WITH_GPUS.matcher(machine).matches();
    }
}
