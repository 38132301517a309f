package io.trainyard.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Models, their versions, and the aliases that say which version is in use.
 *
 * <p>Every method reads the state as it is now; nothing is half visible. A name that breaks its pattern, a version that
 * does not exist and a damaged bundle are a {@link RegistryException}; a storage that does not answer is an
 * {@link java.io.UncheckedIOException}, after which a call may be repeated: none has its effect twice.
 */
public interface ModelRegistry {
    /** In place of a version's number: no version. */
    int NO_VERSION = 0;

    /**
     * Refuses at once what {@link #register} would refuse after hours of training. Changes nothing.
     *
     * @throws RegistryException when no model can have this name here, or versions cannot be registered
     */
    default void requireRegisters(String model) {
        Names.model(model);
    }

    /** @throws RegistryException when this registry cannot {@link #discard} */
    default void requireDiscards() {}

    /**
     * Makes the bundle in the local directory {@code bundle} the next version of {@code model}, which need not exist
     * yet. The bundle is verified first; its scores and lineage become the version's.
     *
     * @param fingerprint of the run: when a version has it already, that version is returned and nothing is registered, unless it was
     *     discarded
     */
    ModelVersion register(String model, Path bundle, String fingerprint, Map<String, String> tags);

    /** All models, by name. */
    List<RegisteredModel> models();

    /** The model, if any version of it was ever registered. */
    Optional<RegisteredModel> model(String name);

    /** A version by its number. */
    default Optional<ModelVersion> version(String model, int number) {
        return versions(model).stream()
                .filter(version -> version.number() == number)
                .findFirst();
    }

    /** The version that a run with this fingerprint registered, and that has its files. */
    default Optional<ModelVersion> byFingerprint(String model, String fingerprint) {
        return model(model).map(RegisteredModel::kept).orElse(List.of()).stream()
                .filter(version -> version.fingerprint().equals(fingerprint))
                .findFirst();
    }

    /** The version that the alias points to. */
    default Optional<ModelVersion> byAlias(String model, String alias) {
        Names.alias(alias);
        return model(model).flatMap(found -> {
            Optional<Integer> number = Optional.ofNullable(found.aliases().get(alias));
            return number.map(held -> found.versions().get(held - 1));
        });
    }

    /**
     * Moves the alias to version {@code number}, if it still points where the decision saw it. When it points to
     * {@code number} already, nothing is changed.
     *
     * @param expected the number that the alias points to, {@link #NO_VERSION} when it must not exist yet
     * @param reason kept in the history
     * @throws RegistryException when the version was discarded
     * @throws ConflictException when the alias points elsewhere
     */
    void promote(String model, String alias, int number, int expected, String reason);

    /**
     * Returns the alias to the version that held it before. A second rollback goes one version further back, until
     * the first that ever held it: promotions are a stack, and a rollback takes off the top.
     *
     * @param expected the number that the alias points to, so that two who see the same bad version roll back once
     * @return the version that holds the alias now
     * @throws RegistryException when no version held it before, or the one that did was discarded
     * @throws ConflictException when the alias points elsewhere
     */
    ModelVersion rollback(String model, String alias, int expected, String reason);

    /**
     * Keeps what gates have said of version {@code number} that was to receive the alias, and upon what, whether it received it or not.
     * A decision that is kept already, with the same numbers, is not kept again.
     */
    void judge(String model, String alias, int number, GateDecision decision);

    /**
     * Removes the files of version {@code number}. The version stays on record, with its scores and lineage and what became of it. Repeated,
     * it removes what is left of them.
     *
     * @param reason kept in the history
     * @throws ConflictException when an alias points to the version, or a rollback would return to it
     */
    void discard(String model, int number, String reason);

    /**
     * Copies the version's bundle into the local directory {@code target} and verifies it. The directory appears
     * whole or not at all. When it is there already it must hold this very bundle, and is verified again.
     */
    void fetch(ModelVersion version, Path target);

    /** Every change of the model in order; empty when there is no such model. */
    List<Event> history(String model);

    private List<ModelVersion> versions(String model) {
        return model(model).map(RegisteredModel::versions).orElse(List.of());
    }
}
