package io.trainyard.tuning.matrix;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One file of encoded rows.
 *
 * @param file name within the folder of the blocks
 * @param rows how many rows it holds
 * @param partRows how many of them have each {@link Part}; a part that none has is left out
 */
public record Block(String file, int rows, Map<Part, Integer> partRows) implements Serializable {
    public Block {
        partRows = Collections.unmodifiableMap(new TreeMap<>(partRows));
        if (rows < 0) {
            throw new IllegalArgumentException("Block '" + file + "' with " + rows + " rows");
        }
    }

    int rows(Part part) {
        return partRows.getOrDefault(part, 0);
    }
}
