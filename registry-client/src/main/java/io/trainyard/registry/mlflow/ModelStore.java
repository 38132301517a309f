package io.trainyard.registry.mlflow;

import io.trainyard.registry.Discard;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegistryException;
import java.io.IOException;
import java.util.List;

/**
 * Where models and versions are, and where what is said of them is kept. All of it is read as it is now. Names are checked by
 * {@link #requireName} first.
 */
interface ModelStore {
    /** @throws RegistryException when no model can have this name here */
    void requireName(String model);

    /**
     * Changes nothing, and may ask the server.
     *
     * @throws RegistryException when versions cannot be registered from here
     */
    void requireRegisters();

    /** @throws RegistryException when files of versions cannot be removed here */
    void requireDiscards();

    /** Names of the models that may have versions of ours. */
    List<String> names();

    /** The model; without versions when there is none of that name. */
    ModelState state(String model);

    /** The moves of the model's aliases that are done, by number. */
    List<Move> moves(String model);

    /** Makes the version, or goes on where somebody has died over it. It is there, with all its files, when this returns, and not before. */
    void register(NewVersion version) throws IOException;

    /** Points the alias to the version, wherever it pointed before. */
    void setAlias(String model, String alias, int version);

    /**
     * Keeps a move that is done.
     *
     * @param ledger the run in which its number was claimed
     */
    void done(MlflowModel model, Run ledger, Move move);

    /** Keeps a part of what is said of a version. */
    void tag(StoredVersion version, String key, String value);

    /** As {@link io.trainyard.registry.ModelRegistry#discard} says. */
    void discard(String model, int number, Discard discard);

    /**
     * Where the files of the version are, by the server's word and not the caller's.
     *
     * @throws RegistryException when there is no such version, or it was discarded
     */
    BundleFolder files(ModelVersion version);
}
