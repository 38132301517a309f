package io.trainyard.jobs.config.binding;

import java.util.List;

/**
 * A record whose keys have to fit together, beyond what each one allows alone. It is asked once all of its keys could be
 * read, so that one mistake is not reported as two.
 */
public interface Checked {
    /** What does not fit; each flaw with the key that the user should look at. */
    List<Flaw> flaws();

    /** A problem with one key of a record. */
    record Flaw(String key, String message) {}
}
