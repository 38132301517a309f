package io.trainyard.features.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableLockTest {

    @TempDir
    Path folder;

    @Test
    void oneWriterAtATimeInThisProcess() {
        Path table = folder.resolve("not there yet").resolve("table");
        TableLock first = TableLock.acquire(table);

        assertThatThrownBy(() -> TableLock.acquire(table))
                .isInstanceOf(TableBusyException.class)
                .hasMessageContaining("Cannot write table " + table)
                .hasMessageContaining(".table.lock");

        first.close();
        TableLock.acquire(table).close();
    }

    @Test
    void oneWriterAtATimeAmongProcesses() throws IOException, InterruptedException {
        Path table = folder.resolve("table");
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        table.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("held");

            assertThatThrownBy(() -> TableLock.acquire(table)).isInstanceOf(TableBusyException.class);
        } finally {
            other.destroyForcibly().waitFor();
        }
        TableLock.acquire(table).close(); // the system released what the killed process held
    }

    /** A process that takes the lock, says so, and keeps it until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            TableLock lock = TableLock.acquire(Path.of(arguments[0]));
            System.out.println("held");
            if (System.in.read() == -1) {
                lock.close();
            }
        }
    }
}
