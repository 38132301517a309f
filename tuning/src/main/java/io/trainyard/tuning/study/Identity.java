package io.trainyard.tuning.study;

import java.util.List;

/** Holds events to the definition that they are read with. */
final class Identity {

    private Identity() {}

    /** @throws StudyException when the events were written for another definition, with the first line that differs */
    static void check(StudyDefinition definition, List<StudyEvent> events) {
        for (StudyEvent event : events) {
            if (event instanceof StudyEvent.Owned owned && !owned.identity().equals(definition.identity())) {
                throw new StudyException(
                        "Cannot continue study '%s': it was begun as another study. %s. Undo the change, or give the study another name"
                                .formatted(definition.name(), difference(owned.identity(), definition.identity())));
            }
        }
    }

    private static String difference(String before, String now) {
        List<String> was = before.lines().toList();
        List<String> is = now.lines().toList();
        int line = 0;
        while (line < was.size() && line < is.size() && was.get(line).equals(is.get(line))) {
            line++;
        }
        return "It had [%s] where there is [%s] now".formatted(lineAt(was, line), lineAt(is, line));
    }

    private static String lineAt(List<String> lines, int line) {
        return line < lines.size() ? lines.get(line) : "nothing";
    }
}
