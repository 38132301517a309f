package io.trainyard.tuning.matrix;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * One file of encoded rows.
 *
 * @param file name within the folder of the blocks
 * @param rows how many rows it holds
 * @param partRows how many of them have each {@link Part}; a part that none has is left out
 */
public record Block(String file, int rows, Map<Part, Integer> partRows) implements Serializable {
    public Block {
        Map<Part, Integer> copy = new EnumMap<>(Part.class);
        copy.putAll(partRows);
        partRows = copy;
        if (rows < 0) {
            throw new IllegalArgumentException("Block '" + file + "' with " + rows + " rows");
        }
    }

    int rows(Part part) {
        return partRows.getOrDefault(part, 0);
    }
}
